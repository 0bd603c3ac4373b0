// Draws every icon file of the desktop systems from the pictures in icons/: the same source gives the same bytes. Tauri's
// command draws those of phones and of the Windows store as well; Bluetick has no use for them.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = ["32x32.png", "64x64.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];
/** Pictures of the tray and the task bar, each from its own source. */
const ASIDE = { "tray-unread.svg": ["64x64.png", "tray-unread.png"], "unread-dot.svg": ["32x32.png", "unread-dot.png"] };
const ICNS_HEADER = 8;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const drawn = mkdtempSync(join(tmpdir(), "bluetick-icons-"));
try {
  draw("bluetick.svg");
  sortIcns(join(drawn, "icon.icns"));
  for (const icon of NEEDED) copyFileSync(join(drawn, icon), join("icons", icon));
  for (const [source, [picture, icon]] of Object.entries(ASIDE)) {
    draw(source);
    copyFileSync(join(drawn, picture), join("icons", icon));
  }
} finally {
  rmSync(drawn, { recursive: true });
}

function draw(source) {
  const [command, ...words] = process.env.TAURI.split(" ");
  execFileSync(command, [...words, "icon", join("icons", source), "--output", drawn], { stdio: "inherit" });
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
