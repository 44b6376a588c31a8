import { describe, expect, it } from "vitest";

import { type BoundedLog, createBoundedLog } from "../../src/dev-backend/boundedLog.ts";
import { describeFailure, keepLine } from "../../src/dev-backend/failureText.ts";
import { createHistory } from "../../src/dev-backend/history.ts";
import { createLineReader } from "../../src/dev-backend/lineReader.ts";

function linesOf(...chunks: string[]): string[] {
  const lines: string[] = [];
  const reader = createLineReader((line) => lines.push(line));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

describe("lines of output", () => {
  it("are put together from chunks, the last one without a line end included", () => {
    expect(linesOf("on", "e\ntw", "o\r\n", "three")).toEqual(["one", "two", "three"]);
  });

  it("are shown as on a terminal: without colours, and only the last state of a progress line", () => {
    expect(linesOf("\u001b[31mred\u001b[0m\n10%\r50%\r100%\n")).toEqual(["red", "100%"]);
  });

  it("are in their last state however often they were in another", () => {
    const states = Array.from({ length: 2_000 }, (_, index) => `\rPage ${index} of 2000`);
    expect(linesOf(...states, "\r", "\n")).toEqual(["Page 1999 of 2000"]);
  });

  it("are overwritten also where the return comes behind more than is kept", () => {
    expect(linesOf(`${"x".repeat(8_000)}\r`, "done\n")).toEqual(["done"]);
  });

  it("are clipped", () => {
    expect(linesOf("x".repeat(50_000)).map((line) => line.length)).toEqual([1_000]);
  });

  it("are left out when they come in a flood, and their number is told", () => {
    const lines = linesOf("y\n".repeat(500));
    expect(lines).toHaveLength(201);
    expect(lines[0]).toBe("… 300 lines left out");
  });
});

function add(log: BoundedLog, message: string): void {
  log.add({ timestamp: "t", stream: "stdout", message });
}

describe("a log", () => {
  it("keeps its last lines and tells how many it dropped", () => {
    const log = createBoundedLog({ maxLines: 2 });
    for (const line of ["a", "b", "c", "d"]) add(log, line);
    expect(log.entries().map(({ message }) => message)).toEqual([
      "… 2 earlier lines dropped",
      "c",
      "d",
    ]);
  });

  it("is bounded in characters, too", () => {
    const log = createBoundedLog({ maxChars: 10 });
    for (const line of ["aaaaaa", "bbbbbb"]) add(log, line);
    expect(log.entries().map(({ message }) => message)).toEqual([
      "… 1 earlier line dropped",
      "bbbbbb",
    ]);
  });
});

describe("a history", () => {
  it("forgets the oldest finished entry, and never one that is not finished", () => {
    const history = createHistory<string>(2, (entry) => entry === "finished");
    history.set("1", "active");
    history.set("2", "finished");
    history.set("3", "finished");
    history.set("4", "active");
    history.set("5", "active");
    expect(history.get("1")).toBe("active");
    expect(history.values()).toEqual(["active", "active", "active"]);
  });
});

function failure(stderr: string, stdout = ""): string {
  const tail = { stdout: [], stderr: [] };
  for (const line of linesOf(stderr)) keepLine(tail, "stderr", line);
  for (const line of linesOf(stdout)) keepLine(tail, "stdout", line);
  return describeFailure("npm run build", { code: 1, signal: null }, tail);
}

describe("why a command failed", () => {
  it("is found above the stack of a bundler's error", () => {
    const stderr = `✗ Build failed in 44ms
error during build:
Build failed with 1 error:

[UNRESOLVED_IMPORT] Could not resolve './nope.js' in a.js
   ╭─[ a.js:1:8 ]
 1 │ import "./nope.js"
   │        ╰─────── Module not found.
───╯

    at aggregateBindingErrorsIntoJsError (file:///rolldown/error.mjs:50:18) {
  errors: [Getter/Setter]
}`;
    expect(failure(stderr)).toBe(
      "[UNRESOLVED_IMPORT] Could not resolve './nope.js' in a.js (npm run build exited with 1)",
    );
  });

  it("is found in stdout when stderr has only what npm adds", () => {
    const line = "a.ts(1,5): error TS2322: Type 'number' is not assignable to type 'string'.";
    expect(failure("npm error code 1\nnpm error path /x", `${line}\n`)).toBe(
      `${line} (npm run build exited with 1)`,
    );
  });

  it("is clipped", () => {
    expect(failure("x".repeat(900)).length).toBeLessThan(400);
  });
});
