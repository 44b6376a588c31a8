import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { vi } from "vitest";
import { childEnvironment } from "../../../src/dev-backend/childEnvironment.ts";
import { builtConsole } from "./built.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const vite = fileURLToPath(new URL("../../../node_modules/vite/bin/vite.js", import.meta.url));

/** What ends the console: a signal to its whole process group, as a terminal does, or to one process. */
export type EndConsole = (signal: NodeJS.Signals, to?: "group" | "process") => void;

/** The console as a process of its own. */
export interface ConsoleProcess {
  /** What it has printed so far, without colours. */
  output: () => string;
  /** Resolves to its address, such as `http://127.0.0.1:40123`, once it serves. */
  address: () => Promise<string>;
  end: EndConsole;
  /** Resolves to its exit code, or to the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  /** Ends it, if it is still there, and resolves once it is gone. Safe twice. */
  stop: () => Promise<void>;
}

/** How to start the console. */
export interface ConsoleOptions {
  environment?: NodeJS.ProcessEnv;
  /** As the browser tests have built it, instead of module by module. @default false */
  isBuilt?: boolean;
  /** Through `npm start` instead of Vite itself. @default false */
  throughNpm?: boolean;
  /** @default ["--port", "0"], which is a free one */
  args?: readonly string[];
}

/** Starts the real console in a process group of its own, as `npm start` does. */
export function startConsole(options: ConsoleOptions = {}): ConsoleProcess {
  const child = spawnConsole(options);
  endWithThisProcess(child);
  const output = collectOutput(child);
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const end: EndConsole = (signal, to = "group") => {
    if (child.pid === undefined || isOver()) return;
    process.kill(to === "group" ? -child.pid : child.pid, signal);
  };

  return {
    output,
    address: () => waitForAddress(output, isOver),
    end,
    ended,
    async stop() {
      end("SIGTERM");
      const force = setTimeout(() => end("SIGKILL"), 8_000);
      await ended;
      clearTimeout(force);
    },
  };
}

function spawnConsole({ environment, args = ["--port", "0"], ...options }: ConsoleOptions) {
  const [command, ...first] = commandOf(options);
  return spawn(command, [...first, ...args], {
    cwd: repository,
    // Without what Vitest adds: by it vite.config.ts would take the console for a test run.
    env: childEnvironment(process.env, environment),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function commandOf({ throughNpm, isBuilt }: ConsoleOptions): [string, ...string[]] {
  if (throughNpm) return ["npm", "start", "--"];
  const how = isBuilt ? ["preview", "--outDir", builtConsole] : [];
  return [process.execPath, vite, ...how];
}

/**
 * A test run that is broken off must not leave its consoles behind, which Ctrl-C does not reach in
 * their own group: a shell waits for the end of a pipe that ends with this process.
 */
function endWithThisProcess(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const guard = spawn("sh", ["-c", `read -r done || kill -s TERM -- -${child.pid}`], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  child.once("exit", () => guard.stdin.end("done\n"));
}

function collectOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += stripVTControlCharacters(text);
    });
  return () => output;
}

function waitForAddress(output: () => string, isOver: () => boolean): Promise<string> {
  return vi.waitUntil(
    () => {
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
      if (address === undefined && isOver()) throw new Error(`The console has ended:\n${output()}`);
      return address;
    },
    { timeout: 30_000, interval: 20 },
  );
}
