// Runs the Windows build of `bluetick` under Wine as a person would run it on Windows: receive a message twice, be the
// only engine on the archive, stop, start again and read the archive. Prints one line a step; any surprise ends it
// with exit code 1 and the reason.
//
// Usage: node engine-under-wine.mjs path/to/bluetick.exe
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const USED_BY_ANOTHER_ENGINE = 3;
const TEXT = "Grüße from Wine";
const WAMID = "wamid.HBgLNDkxNTExMjM0NTY3FQIAEhggV0lORQA=";
const ENVELOPE = {
  object: "whatsapp_business_account",
  entry: [
    {
      id: "102290129340398",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
            contacts: [{ profile: { name: "Jörg" }, wa_id: "4915112345678" }],
            messages: [
              { from: "4915112345678", id: WAMID, timestamp: "1763800000", type: "text", text: { body: TEXT } },
            ],
          },
        },
      ],
    },
  ],
};

const [exe] = process.argv.slice(2);
const scratch = await mkdtemp(join(tmpdir(), "bluetick-wine-"));
const dataDir = `Z:${join(scratch, "data").replaceAll("/", "\\")}`;
const environment = {
  ...process.env,
  WINEPREFIX: join(scratch, "prefix"),
  WINEDEBUG: "-all",
  // Wine would offer to install its .NET and its browser; nothing here uses them.
  WINEDLLOVERRIDES: "mscoree,mshtml=",
};
const running = new Set();

/** Starts a program; what it says on stderr goes to ours. */
function start(program, ...words) {
  const child = spawn(program, words, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    return code ?? signal;
  });
  running.add(child);
  return { child, ended };
}

/** Runs a program to its end. */
async function run(program, ...words) {
  const { child, ended } = start(program, ...words);
  child.stdout.setEncoding("utf8");
  let output = "";
  for await (const piece of child.stdout) output += piece;
  return { code: await ended, output };
}

/** Starts `bluetick serve` and waits until it says where it listens. */
async function serve() {
  const { child, ended } = start("wine", exe, "serve", "--json", "--data-dir", dataDir, "--listen", "127.0.0.1:0");
  // Goes on reading after that, lest the engine find the pipe full.
  const listening = new Promise((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      try {
        const event = JSON.parse(line);
        if (event.event === "listening") resolve(event);
      } catch (cause) {
        reject(new Error(`serve --json wrote a line that is not JSON: ${line}`, { cause }));
      }
    });
  });
  const failed = ended.then((code) => assert.fail(`serve ended (${code}) before it said that it listens`));
  const { hook } = await Promise.race([listening, failed]);
  return { hook, child, ended };
}

/** Ctrl-C, which Wine passes on as the console event that Windows would raise. */
async function stop({ child, ended }) {
  child.kill("SIGINT");
  assert.equal(await ended, 0, "serve exits with 0 after Ctrl-C");
}

async function post(hook) {
  const answer = await fetch(hook, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ENVELOPE),
  });
  assert.equal(answer.status, 200, "the hook acknowledges the delivery");
  assert.equal(await answer.text(), '{"statusCode":2000,"statusMessage":"OK"}');
}

async function exported() {
  const { code, output } = await run("wine", exe, "export", "--format", "jsonl", "--data-dir", dataDir);
  assert.equal(code, 0, "export exits with 0");
  const lines = output.split(/\r?\n/).filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line)).filter(({ record }) => record === "message");
}

function assertOneMessage(messages) {
  assert.deepEqual(
    messages.map(({ id, text, direction }) => ({ id, text, direction })),
    [{ id: WAMID, text: TEXT, direction: "in" }],
    "the archive holds the message once",
  );
}

async function check() {
  assert.equal((await run("wineboot", "--init")).code, 0, "Wine makes its prefix");
  console.log("wine: a fresh prefix is ready");

  const first = await serve();
  console.log("wine: serve listens");
  await post(first.hook);
  await post(first.hook);
  console.log("wine: the same delivery was acknowledged twice");
  assertOneMessage(await exported());
  console.log("wine: export beside the running engine has the message once");

  const second = await run("wine", exe, "serve", "--json", "--data-dir", dataDir, "--listen", "127.0.0.1:0");
  assert.equal(second.code, USED_BY_ANOTHER_ENGINE, "a second engine on the same directory is refused");
  console.log("wine: a second engine was refused");

  await stop(first);
  console.log("wine: serve stopped on Ctrl-C");
  const again = await serve();
  assert.equal(again.hook.split("/").at(-1), first.hook.split("/").at(-1), "the hook keeps its secret");
  await stop(again);
  assertOneMessage(await exported());
  console.log("wine: a restart kept the hook and the archive");
}

// A hang is a finding too; the whole takes about a minute.
const limit = setTimeout(() => {
  console.error("wine: not done after 5 minutes");
  for (const child of running) child.kill("SIGKILL");
  process.exitCode = 1;
}, 300_000);

try {
  await check();
} catch (error) {
  console.error(`wine: ${error.stack}`);
  process.exitCode = 1;
} finally {
  clearTimeout(limit);
  for (const child of running) child.kill("SIGKILL");
  // Ends the servers of this prefix, and of no other.
  await run("wineserver", "--kill");
  await rm(scratch, { recursive: true, force: true });
}
