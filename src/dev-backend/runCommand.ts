import type { Ending } from "./childGroup.ts";
import type { ProcessHost } from "./processHost.ts";

const MAX_OUTPUT = 4 * 1024 * 1024;

/** What to run, for its output. */
export interface CommandOptions {
  command: string;
  args: readonly string[];
  directory: string;
  environment?: NodeJS.ProcessEnv;
  timeoutMs: number;
}

/** What came of it. */
export interface CommandResult extends Ending {
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** Runs a program to its end and collects its output, at most 4 Mi characters of each stream. */
export async function runCommand(
  host: ProcessHost,
  { timeoutMs, ...options }: CommandOptions,
): Promise<CommandResult> {
  const output = { stdout: "", stderr: "" };
  const group = host.start({
    ...options,
    onOutput(stream, text) {
      if (output[stream].length < MAX_OUTPUT) output[stream] += text;
    },
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void group.stop();
  }, timeoutMs);
  const ending = await group.ended;
  clearTimeout(timer);
  return { ...ending, ...output, timedOut };
}
