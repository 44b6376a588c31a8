import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { makeProject, nodeCommand } from "./support/projects.ts";
import { forever, startRun, stopRun } from "./support/runs.ts";
import { startServer } from "./support/startServer.ts";
import { isRunning, readPid, until } from "./support/waiting.ts";

describe("starting a run", () => {
  it("is pending at first, running once spawned, and stopped when stopped", async () => {
    const client = await (
      await startServer({ projects: [makeProject({ run: forever })] })
    ).signIn();
    const stream = await client.stream();
    const run = await startRun(client);
    expect(run).toMatchObject({ projectId: "shop", status: "pending" });
    await stream.find(({ data }) => data?.run?.status === "running");

    const stopped = await stopRun(client, run.id);
    expect(stopped).toMatchObject({ status: 200, body: { run: { status: "stopped" } } });
    await stream.find(({ data }) => data?.run?.status === "stopped");
    expect(stream.statuses(run.id)).toEqual(["pending", "running", "stopping", "stopped"]);
    const { createdAt, startedAt, finishedAt } = stopped.body.run;
    expect([createdAt, startedAt, finishedAt].map(String).toSorted()).toEqual([
      createdAt,
      startedAt,
      finishedAt,
    ]);
  });

  it("answers 409 while a run of that project is active", async () => {
    const projects = [makeProject({ run: forever }), makeProject({ id: "b", run: forever })];
    const client = await (await startServer({ projects })).signIn();
    const run = await startRun(client);
    expect(await client.post("/projects/shop/run")).toMatchObject({
      status: 409,
      body: { error: expect.stringMatching(/The server of "Shop" is running already/) },
    });
    await startRun(client, "b");
    await stopRun(client, run.id);
    await startRun(client);
  });

  it("answers 400 until a build of that project has succeeded", async () => {
    const project = makeProject({ build: "test -e ready", run: forever });
    const client = await (await startServer({ projects: [project] })).signIn();
    const runIt = () => client.post("/projects/shop/run");
    const lastStatus = async () => (await client.get("/builds")).body.builds[0].status;

    expect(await runIt()).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/Build "Shop" first/) },
    });
    await client.post("/projects/shop/build");
    await until(async () => (await lastStatus()) === "failed");
    expect(await runIt()).toMatchObject({ status: 400 });

    project.build = "true";
    const { build } = (await client.post("/projects/shop/build")).body;
    await until(async () => (await lastStatus()) === "succeeded");
    expect(await runIt()).toMatchObject({ status: 202, body: { run: { buildId: build.id } } });
  });

  it("answers 400 when the project has no run command", async () => {
    const client = await (
      await startServer({ projects: [makeProject({ build: "true" })] })
    ).signIn();
    expect(await client.post("/projects/shop/run")).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/no run command.*projects file, then restart/) },
    });
  });
});

describe("a run that ends by itself", () => {
  it("succeeded when it exits with 0", async () => {
    const client = await (await startServer({ projects: [makeProject({ run: "true" })] })).signIn();
    const stream = await client.stream();
    const run = await startRun(client);
    await stream.find(({ data }) => data?.run?.finishedAt);
    expect(stream.statuses(run.id)).toEqual(["pending", "running", "succeeded"]);
  });

  it("failed otherwise, with what it said last", async () => {
    const run = nodeCommand('console.error("port 80 is taken"); process.exit(1)');
    const client = await (await startServer({ projects: [makeProject({ run })] })).signIn();
    const stream = await client.stream();
    await startRun(client);
    const { data } = await stream.find((event) => event.data?.run?.status === "failed");
    expect(data.run.error).toMatch(/^port 80 is taken \(.* exited with 1\)$/);
  });

  it("failed without ever running when its directory has gone", async () => {
    const project = makeProject({ run: forever, directory: "/nowhere" });
    const client = await (await startServer({ projects: [project] })).signIn();
    const stream = await client.stream();
    const run = await startRun(client);
    await stream.find(({ data }) => data?.run?.finishedAt);
    expect(stream.statuses(run.id)).toEqual(["pending", "failed"]);
    const { data } = await stream.find((event) => event.data?.run?.status === "failed");
    expect(data.run.error).toMatch(
      /^The directory \/nowhere no longer exists\. Restore .*file, then restart/,
    );
  });

  it("takes along what it left behind", async () => {
    const project = makeProject({ run: "sleep 300 & echo $! > left.pid" });
    const client = await (await startServer({ projects: [project] })).signIn();
    const stream = await client.stream();
    await startRun(client);
    const left = await readPid(join(project.directory, "left.pid"));
    await stream.find(({ data }) => data?.run?.status === "succeeded");
    expect(isRunning(left)).toBe(false);
  });
});
