import { stripVTControlCharacters } from "node:util";

import { clip } from "./clip.ts";

const MAX_LINE = 1_000;
// Colour codes count as well until the line is complete, hence more than MAX_LINE.
const MAX_UNFINISHED = 8 * MAX_LINE;
const MAX_LINES_AT_ONCE = 200;

/** Cuts output into lines. */
export interface LineReader {
  push(text: string): void;
  /** The output is over: what has no line end yet is a line, too. */
  end(): void;
}

/**
 * Makes a reader that calls `onLine` with each line as a terminal would show it: without colour
 * codes, of a progress line only its last state, clipped to 1,000 characters. Of a flood it passes
 * on the last 200 lines of each chunk and says how many it left out.
 */
export function createLineReader(onLine: (line: string) => void): LineReader {
  let unfinished = "";

  function emit(lines: readonly string[]): void {
    const leftOut = lines.length - MAX_LINES_AT_ONCE;
    if (leftOut > 0) onLine(`… ${leftOut} lines left out`);
    for (const line of lines.slice(-MAX_LINES_AT_ONCE)) onLine(asShown(line));
  }

  return {
    push(text) {
      const lines = (unfinished + text).split("\n");
      unfinished = shortened(lastState(lines.pop() ?? ""));
      emit(lines);
    },
    end() {
      if (unfinished !== "") emit([unfinished]);
      unfinished = "";
    },
  };
}

function asShown(line: string): string {
  return clip(stripVTControlCharacters(withoutReturns(lastState(line))), MAX_LINE);
}

/** What nothing has overwritten so far; returns at its end only promise to overwrite it. */
function lastState(line: string): string {
  return line.slice(withoutReturns(line).lastIndexOf("\r") + 1);
}

// The return at its end is kept: what comes next overwrites it.
function shortened(line: string): string {
  return line.slice(0, MAX_UNFINISHED) + (line.endsWith("\r") ? "\r" : "");
}

function withoutReturns(line: string): string {
  return line.replace(/\r+$/, "");
}
