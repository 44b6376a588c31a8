import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { makeProject, nodeCommand } from "./support/projects.ts";
import { forever, startRun, stopRun } from "./support/runs.ts";
import { startServer } from "./support/startServer.ts";
import { isRunning, readPid } from "./support/waiting.ts";

describe("stopping a run", () => {
  it("ends the whole tree, a grandchild that ignores SIGTERM included", async () => {
    const project = makeProject(
      { run: "sh child.sh & wait" },
      {
        "child.sh": "sh stubborn.sh & wait",
        "stubborn.sh": 'trap "" TERM; echo $$ > stubborn.pid; while :; do sleep 0.1; done',
      },
    );
    const client = await (await startServer({ projects: [project], graceMs: 200 })).signIn();
    const run = await startRun(client);
    const stubborn = await readPid(join(project.directory, "stubborn.pid"));
    expect(isRunning(stubborn)).toBe(true);
    expect(await stopRun(client, run.id)).toMatchObject({ body: { run: { status: "stopped" } } });
    expect(isRunning(stubborn)).toBe(false);
  });

  it("lets a server end in order within the grace time", async () => {
    const run = nodeCommand(
      'process.on("SIGTERM", () => { console.log("Closing."); process.exit(0) });' +
        'setInterval(() => {}, 1000); console.log("Ready.")',
    );
    const server = await startServer({ projects: [makeProject({ run })], graceMs: 60_000 });
    const client = await server.signIn();
    const stream = await client.stream();
    const { id } = await startRun(client);
    await stream.find(({ data }) => data?.entry?.message === "Ready.");
    const { logs } = (await stopRun(client, id)).body.run;
    expect(logs.map((entry: { message: string }) => entry.message)).toContain("Closing.");
  });

  it("answers a second stop when the first one is through, and a third at once", async () => {
    const client = await (
      await startServer({ projects: [makeProject({ run: forever })] })
    ).signIn();
    const { id } = await startRun(client);
    const [first, second] = await Promise.all([stopRun(client, id), stopRun(client, id)]);
    expect(first.body).toMatchObject({ run: { status: "stopped" } });
    expect(second.body).toEqual(first.body);
    expect((await stopRun(client, id)).body).toEqual(first.body);
  });

  it("answers 404 for an unknown run", async () => {
    const client = await (await startServer({ projects: [] })).signIn();
    expect(await stopRun(client, "none")).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining("no longer exists") },
    });
  });
});

describe("disposing of the backend", () => {
  it("ends every child and starts no other", async () => {
    const projects = [
      makeProject({ id: "a", run: "echo $$ > run.pid; exec sleep 300" }),
      makeProject({ id: "b", build: "echo $$ > build.pid; exec sleep 300" }),
    ];
    const server = await startServer({ projects });
    const client = await server.signIn();
    await startRun(client, "a");
    await client.post("/projects/b/build");
    const pids = [
      await readPid(join(projects[0]?.directory ?? "", "run.pid")),
      await readPid(join(projects[1]?.directory ?? "", "build.pid")),
    ];
    await Promise.all([server.dispose(), server.dispose()]);
    expect(pids.map(isRunning)).toEqual([false, false]);
    const again = await server.signIn();
    expect(await again.post("/projects/a/run")).toMatchObject({ status: 503 });
  });
});
