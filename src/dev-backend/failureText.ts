import type { Ending } from "./childGroup.ts";
import { clip } from "./clip.ts";

const MAX_COMMAND = 80;
const MAX_LINE = 300;

/** Says nothing about the cause: stack frames, code frames, what node and npm add, brackets. */
const NOISE = [
  /^\s*at /,
  /^Node\.js v\d/,
  /^npm (error|ERR!|warn|WARN|notice)/,
  /^\s*(\d+\s*)?[│|╭╰─┬┴]/,
  /^[^\p{L}\p{N}]*$/u,
  /^\s*errors: \[/,
];

/** Looks like the statement of an error, rather than a heading that ends with a colon. */
const ERROR_LINE =
  /(\berror\b|\w+Error\b|\bfatal\b|\bcannot\b|\bcould not\b|not found|^\[[A-Z_]+\]).*[^:]$/i;

/** The last lines of a process that tell something. */
export interface OutputTail {
  stdout: string[];
  stderr: string[];
}

/** Keeps a line for `describeFailure`, and only as many as that may need. */
export function keepLine(tail: OutputTail, stream: keyof OutputTail, line: string): void {
  if (NOISE.some((pattern) => pattern.test(line))) return;
  tail[stream].push(line.trim());
  if (tail[stream].length > 50) tail[stream].shift();
}

/**
 * Why a command failed, in one line, the cause first, as a narrow place shows only the beginning:
 * `Could not resolve "./x" (npm run build exited with 2)`.
 */
export function describeFailure(command: string, ending: Ending, tail: OutputTail): string {
  const what = `${clip(command, MAX_COMMAND)} ${describeEnding(ending)}`;
  const line = tellingLine(tail.stderr) ?? tellingLine(tail.stdout);
  return line === undefined ? `${what}.` : `${clip(line, MAX_LINE)} (${what})`;
}

function describeEnding({ code, signal, error }: Ending): string {
  if (error) return `could not be started (${error.message})`;
  return signal === null ? `exited with ${code}` : `was ended by ${signal}`;
}

/** The last line is often a summary or half of a stack, so one that states an error goes first. */
function tellingLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => ERROR_LINE.test(line)) ?? lines.at(-1);
}
