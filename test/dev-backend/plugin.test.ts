import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { createServer } from "vite";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { devBackend } from "../../src/dev-backend/plugin.ts";
import { createClient } from "./support/client.ts";
import { makeDirectory } from "./support/projects.ts";
import { startVite, type ViteProcess } from "./support/startVite.ts";
import { isRunning, readPid, until } from "./support/waiting.ts";

// The shell stays, so that there is a child and a grandchild.
const run = "echo $$ > shell.pid; sleep 300 & echo $! > sleep.pid; wait";

const projectsFile = writeProjectsFile(run);

function writeProjectsFile(command: string): string {
  return JSON.stringify([{ id: "shop", name: "Shop", directory: ".", run: command }]);
}

/** Starts the run, and gives the ids of its shell and of what the shell has started. */
async function startRun(vite: ViteProcess): Promise<number[]> {
  const client = await vite.signIn();
  expect(await client.post("/projects/shop/run")).toMatchObject({ status: 202 });
  return readPids(vite.directory);
}

async function readPids(directory: string): Promise<number[]> {
  return [await readPid(join(directory, "shell.pid")), await readPid(join(directory, "sleep.pid"))];
}

describe("the development backend in Vite", () => {
  it.each([
    ["SIGINT", { code: null, signal: "SIGINT" }],
    ["SIGHUP", { code: null, signal: "SIGHUP" }],
    ["SIGTERM", { code: 143, signal: null }],
  ] as const)(
    "leaves no child when Vite ends by %s, as it would without",
    async (signal, ending) => {
      const vite = startVite({ projectsFile });
      const children = await startRun(vite);
      expect(children.map(isRunning)).toEqual([true, true]);
      vite.kill(signal);
      expect(await vite.ended).toEqual(ending);
      expect(children.map(isRunning)).toEqual([false, false]);
    },
  );

  it("leaves no child when the preview server ends", async () => {
    const vite = startVite({ projectsFile, args: ["preview"] });
    const children = await startRun(vite);
    vite.kill("SIGTERM");
    expect(await vite.ended).toEqual({ code: 143, signal: null });
    expect(children.map(isRunning)).toEqual([false, false]);
  });

  it("leaves no child when Vite is killed", async () => {
    const vite = startVite({ projectsFile });
    const children = await startRun(vite);
    vite.kill("SIGKILL");
    await vite.ended;
    await until(() => !children.some(isRunning));
    expect(await vite.ended).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("leaves no child when Vite restarts, and serves again", async () => {
    const vite = startVite({ projectsFile });
    const children = await startRun(vite);
    for (const name of ["shell.pid", "sleep.pid"]) rmSync(join(vite.directory, name));
    appendFileSync(join(vite.directory, "vite.config.ts"), "// changed\n");
    await until(() => vite.output().includes("server restarted"), "vite has restarted");
    expect(children.map(isRunning)).toEqual([false, false]);

    const others = await startRun(vite);
    vite.kill("SIGINT");
    expect(await vite.ended).toEqual({ code: null, signal: "SIGINT" });
    expect(others.map(isRunning)).toEqual([false, false]);
  });

  it("does not start with a wrong projects file, and says what is wrong", async () => {
    const vite = startVite({ projectsFile: JSON.stringify([{ id: "shop", directory: "." }]) });
    expect(await vite.ended).toEqual({ code: 1, signal: null });
    expect(vite.output()).toMatch(
      /projects\.json, but .*\n +entry \[0\] \(id "shop"\): "name" is miss/,
    );
    expect(vite.output()).not.toMatch(/\n\s+at /);
  });

  it("serves /api only, and each server that one plugin is used for has its own backend", async () => {
    const directory = makeDirectory({
      "index.html": "<p>The page</p>",
      // It takes its time to end, and Vite has to wait for it.
      "projects.json": writeProjectsFile(`trap "sleep 0.3; exit" TERM; ${run}`),
    });
    vi.stubEnv("ACTIVE_INDICATOR_PROJECTS", join(directory, "projects.json"));
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await createServer({
      configFile: false,
      root: directory,
      cacheDir: join(directory, ".vite"),
      logLevel: "silent",
      plugins: [devBackend()],
      server: { host: "127.0.0.1", port: 0, ws: false },
    });
    onTestFinished(() => server.close());
    await server.listen();
    const origin = () => server.resolvedUrls?.local[0]?.replace(/\/$/, "") ?? "";

    expect(await (await fetch(`${origin()}/apiary`)).text()).toContain("The page");
    const before = createClient(origin());
    await before.post("/auth/login", { login: "ada" });
    await before.post("/projects/shop/run");
    const children = await readPids(directory);

    await server.restart();
    expect(children.map(isRunning)).toEqual([false, false]);
    for (const name of ["shell.pid", "sleep.pid"]) rmSync(join(directory, name));
    const after = createClient(origin());
    await after.post("/auth/login", { login: "ada" });
    await after.post("/projects/shop/run");
    const others = await readPids(directory);
    await server.close();
    expect(others.map(isRunning)).toEqual([false, false]);
  });
});
