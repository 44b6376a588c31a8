import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createConsoleClient } from "../../support/console/client.ts";
import { type ConsoleProcess, startConsole } from "../../support/console/process.ts";
import { processesWith } from "../../support/console/processTable.ts";
import { until } from "../../support/console/waiting.ts";

const build = "sleep 7001 & wait";
const run = "sleep 7002 & sleep 7003 & wait";

function makeProjectsFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "console-processes-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "projects.json");
  const projects = [
    { id: "built", name: "Built", directory, build },
    { id: "run", name: "Run", directory, run },
  ];
  writeFileSync(file, JSON.stringify(projects));
  return file;
}

/** Starts the console, and in it a build and a server, which all bear the mark. */
async function startBusyConsole(mark: string): Promise<ConsoleProcess> {
  const environment = { ACTIVE_INDICATOR_PROJECTS: makeProjectsFile(), CONSOLE_TEST_MARK: mark };
  const server = startConsole({ environment, throughNpm: true });
  onTestFinished(server.stop);
  onTestFinished(() => killAll(mark));
  const client = await createConsoleClient(await server.address());
  await Promise.all([client.post("/projects/built/build"), client.post("/projects/run/run")]);
  await until(() => sleepers(mark).length === 3, "the build and the server have their children");
  return server;
}

const sleepers = (mark: string) =>
  processesWith(mark).filter(({ command }) => /^sleep 700\d$/.test(command));

/** So that a test that fails leaves nothing behind either. */
function killAll(mark: string): void {
  for (const { pid } of processesWith(mark)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

describe("starting and stopping the console ten times, with a build and a server active", () => {
  // A terminal signals the whole group, whoever says `kill` only the process that was started.
  it.each([
    { round: 1, signal: "SIGINT", to: "group" },
    { round: 2, signal: "SIGTERM", to: "group" },
    { round: 3, signal: "SIGINT", to: "group" },
    { round: 4, signal: "SIGTERM", to: "process" },
    { round: 5, signal: "SIGINT", to: "group" },
    { round: 6, signal: "SIGKILL", to: "group" },
    { round: 7, signal: "SIGINT", to: "group" },
    { round: 8, signal: "SIGTERM", to: "group" },
    { round: 9, signal: "SIGINT", to: "group" },
    { round: 10, signal: "SIGTERM", to: "process" },
  ] as const)("leaves no process behind: round $round, $signal to its $to", async (ending) => {
    const mark = randomUUID();
    const server = await startBusyConsole(mark);
    server.end(ending.signal, ending.to);
    await server.ended;
    // npm may be gone a moment before Vite; and after SIGKILL nobody is left to wait for the rest.
    await until(() => processesWith(mark).length === 0, "all are gone", 5_000).catch(() => {});
    expect(processesWith(mark)).toEqual([]);
  });
});
