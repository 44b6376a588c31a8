import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./reaper.mjs", import.meta.url));
const EXIT_WAIT_MS = 1_000;

/** Sees to it that no process group outlives this process, even if that is killed by SIGKILL. */
export interface Reaper {
  /** Call as soon as the group has started. */
  add(groupId: number): void;
  /** Call when the group is gone: its id may be somebody else's soon. */
  remove(groupId: number): void;
  /** Ends the helper process, and with it any group not removed. Safe twice. */
  dispose(): Promise<void>;
}

/**
 * Makes a reaper; its helper process starts with the first group. The helper holds the reading end
 * of a pipe whose writing end only this process has, so the pipe ends when this process does.
 */
export function createReaper(graceMs: number): Reaper {
  const groups = new Set<number>();
  let helper: ChildProcess | undefined;

  function tell(line: string): void {
    if (!helper) start();
    else helper.stdin?.write(line);
  }

  function start(): void {
    const started = spawnHelper(graceMs);
    helper = started;
    // Should somebody end the helper, the next group gets a new one, which learns of all of them.
    const forget = () => {
      if (helper === started) helper = undefined;
    };
    started.once("exit", forget).once("error", forget);
    for (const id of groups) started.stdin?.write(`+${id}\n`);
  }

  return {
    add(groupId) {
      groups.add(groupId);
      tell(`+${groupId}\n`);
    },
    remove(groupId) {
      if (groups.delete(groupId)) tell(`-${groupId}\n`);
    },
    async dispose() {
      if (!helper) return;
      // Referenced again, or an otherwise finished process would end before this resolves.
      helper.ref();
      const exited = once(helper, "exit").catch(() => undefined);
      helper.stdin?.end();
      await Promise.race([exited, sleep(EXIT_WAIT_MS, undefined, { ref: false })]);
    },
  };
}

/** In a group of its own, for what ends this process by Ctrl-C must not end the helper. */
function spawnHelper(graceMs: number): ChildProcess {
  const helper = spawn(process.execPath, [SCRIPT, String(graceMs)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  helper.unref();
  // A helper that has gone is noticed by its exit; writing to it may fail just before that.
  helper.stdin?.on("error", () => undefined);
  if (helper.stdin && "unref" in helper.stdin && typeof helper.stdin.unref === "function")
    helper.stdin.unref();
  return helper;
}
