import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { childEnvironment } from "./childEnvironment.ts";
import { endGroup } from "./processGroup.ts";

// A child that prints without end must not keep this process from everything else.
const FLOOD_CHUNK = 32 * 1024;
const FLOOD_PAUSE_MS = 20;
/** How long output may lag behind the end; a daemon that took the pipe along never closes it. */
const OUTPUT_WAIT_MS = 500;

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why it was never started. */
  error?: Error;
}

/** What to start, and whom to tell. */
export interface GroupOptions {
  /** A command line for the shell; with `args`, a program. */
  command: string;
  args?: readonly string[];
  directory: string;
  environment?: NodeJS.ProcessEnv;
  /** Called once it runs; never for one that could not be started. */
  onSpawn?: () => void;
  onOutput: (stream: "stdout" | "stderr", text: string) => void;
}

/** A process with all its descendants. */
export interface ChildGroup {
  /** The id of the process group; undefined if nothing could be started. */
  readonly id: number | undefined;
  /** Resolves when the process and all it left behind are gone; never rejects. */
  readonly ended: Promise<Ending>;
  /** Ends the whole group, by force after the grace time. Resolves as `ended` does. */
  stop(): Promise<Ending>;
}

/**
 * Starts a process in a group of its own, so that its whole tree can be ended at once. When the
 * process ends by itself, what it left behind is ended, too.
 */
export function startGroup(options: GroupOptions, graceMs: number): ChildGroup {
  const child = spawnChild(options);
  if (child instanceof Error) return neverStarted(child);
  const closed = once(child, "close").catch(() => undefined);
  if (options.onSpawn) child.once("spawn", options.onSpawn);
  readOutput(child, options.onOutput);

  let ending: Promise<void> | undefined;
  const end = () => (ending ??= child.pid ? endGroup(child.pid, graceMs) : Promise.resolve());

  const ended = new Promise<Ending>((resolve) => {
    child.once("error", (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once("exit", (code, signal) => {
      void end()
        .then(() => waitForOutput(child, closed))
        .then(() => resolve({ code, signal }));
    });
  });
  return { id: child.pid, ended, stop: () => end().then(() => ended) };
}

/** Most of what keeps a process from starting comes as an event; the rest node throws. */
function spawnChild({ command, args, directory, environment }: GroupOptions) {
  try {
    return spawn(command, args ?? [], {
      cwd: directory,
      detached: true,
      env: childEnvironment(process.env, environment),
      shell: args === undefined,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

function neverStarted(why: Error): ChildGroup {
  const ended = Promise.resolve<Ending>({ code: null, signal: null, error: why });
  return { id: undefined, ended, stop: () => ended };
}

function readOutput(child: ChildProcess, onOutput: GroupOptions["onOutput"]): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = child[name];
    stream?.setEncoding("utf8").on("data", (text: string) => {
      onOutput(name, text);
      if (text.length < FLOOD_CHUNK) return;
      stream.pause();
      setTimeout(() => stream.resume(), FLOOD_PAUSE_MS);
    });
  }
}

async function waitForOutput(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([
    closed,
    sleep(OUTPUT_WAIT_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ]);
  late.abort();
  child.stdout?.destroy();
  child.stderr?.destroy();
}
