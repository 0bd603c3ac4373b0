// Draws every icon file of the desktop systems from icons/bluetick.svg: the same source gives the same bytes. Tauri's
// command draws those of phones and of the Windows store as well; Bluetick has no use for them.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = ["32x32.png", "64x64.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];
const ICNS_HEADER = 8;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const drawn = mkdtempSync(join(tmpdir(), "bluetick-icons-"));
try {
  const [command, ...words] = process.env.TAURI.split(" ");
  execFileSync(command, [...words, "icon", "icons/bluetick.svg", "--output", drawn], { stdio: "inherit" });
  sortIcns(join(drawn, "icon.icns"));
  for (const icon of NEEDED) copyFileSync(join(drawn, icon), join("icons", icon));
} finally {
  rmSync(drawn, { recursive: true });
}

/** Tauri writes the pictures of an .icns in another order each time; each starts with its type and its length. */
function sortIcns(path) {
  const icns = readFileSync(path);
  const pictures = [];
  for (let at = ICNS_HEADER, length; at < icns.length; at += length) {
    length = icns.readUInt32BE(at + 4);
    pictures.push(icns.subarray(at, at + length));
  }
  pictures.sort(Buffer.compare);
  writeFileSync(path, Buffer.concat([icns.subarray(0, ICNS_HEADER), ...pictures]));
}
