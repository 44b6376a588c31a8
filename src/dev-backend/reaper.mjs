// Ends process groups that their owner can no longer end, because it was killed. The owner names
// them on stdin, `+<id>` when one starts and `-<id>` when it has ended; stdin ends with the owner,
// whatever ended that. Plain JavaScript: it runs without the tools that compile the rest.
import { setTimeout as sleep } from "node:timers/promises";

const graceMs = Number(process.argv[2] ?? 5_000);
const groups = new Set();
let unfinished = "";

// What ends the owner must not end this before its work is done.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

process.stdin.setEncoding("utf8");
process.stdin.on("data", (text) => {
  const lines = (unfinished + text).split("\n");
  unfinished = lines.pop() ?? "";
  for (const line of lines) note(line);
});
process.stdin.once("error", () => process.stdin.destroy());
process.stdin.once("close", () => void reap().then(() => process.exit()));

function note(line) {
  const id = Number(line.slice(1));
  // 0 and 1 would be this process's own group and everything there is.
  if (!Number.isInteger(id) || id < 2) return;
  if (line.startsWith("+")) groups.add(id);
  else groups.delete(id);
}

async function reap() {
  const deadline = performance.now() + graceMs;
  signalAll("SIGTERM");
  while (groups.size > 0 && performance.now() < deadline) {
    // oxlint-disable-next-line no-await-in-loop -- each look follows a pause
    await sleep(Math.min(50, graceMs));
    signalAll(0);
  }
  signalAll("SIGKILL");
}

function signalAll(signal) {
  for (const id of groups) {
    try {
      process.kill(-id, signal);
    } catch {
      // Gone already, which is what this is for.
      groups.delete(id);
    }
  }
}
