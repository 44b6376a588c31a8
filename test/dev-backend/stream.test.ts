import { describe, expect, it } from "vitest";

import { createCounters } from "../../src/dev-backend/counters.ts";
import { createRunEvents } from "../../src/dev-backend/runEvents.ts";
import { createRunStream } from "../../src/dev-backend/runStream.ts";
import type { RunJob } from "../../src/jobs/contract.ts";
import { makeProject, nodeCommand } from "./support/projects.ts";
import { startServer } from "./support/startServer.ts";
import { until } from "./support/waiting.ts";

const forever = "exec sleep 300";

describe("the stream of runs", () => {
  it("begins with every run on each connection, finished ones included", async () => {
    const projects = [makeProject({ run: forever }), makeProject({ id: "b", run: forever })];
    const client = await (await startServer({ projects })).signIn();
    const { run } = (await client.post("/projects/shop/run")).body;
    await client.post(`/runs/${run.id}/stop`);
    await client.post("/projects/b/run");

    const stream = await client.stream();
    expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
    await stream.find(() => true);
    expect(stream.events[0]).toMatchObject({
      name: "init",
      data: { runs: [{ id: run.id, status: "stopped" }, { projectId: "b" }] },
    });
  });

  it("covers one project when asked to", async () => {
    const projects = [makeProject({ run: "true" }), makeProject({ id: "b", run: "true" })];
    const client = await (await startServer({ projects })).signIn();
    await client.post("/projects/shop/run");
    const stream = await client.stream("?projectId=b");
    expect((await stream.find(({ name }) => name === "init")).data).toEqual({ runs: [] });
    await client.post("/projects/shop/run");
    await client.post("/projects/b/run");
    await stream.find(({ data }) => data?.run?.finishedAt);
    const updates = stream.events.filter(({ name }) => name === "run-update");
    expect(new Set(updates.map(({ data }) => data.run.projectId))).toEqual(new Set(["b"]));
  });

  it("answers 404 for a project that it does not know", async () => {
    const client = await (await startServer({ projects: [] })).signIn();
    expect(await client.get("/runs/stream?projectId=none")).toMatchObject({ status: 404 });
  });

  it("sends each line of a log, and the run again with its whole log", async () => {
    const run = nodeCommand('console.log("one\\ntwo"); setInterval(() => {}, 1000)');
    const server = await startServer({ projects: [makeProject({ run })], logUpdateMs: 20 });
    const client = await server.signIn();
    const stream = await client.stream();
    const started = (await client.post("/projects/shop/run")).body.run;

    const line = await stream.find(({ data }) => data?.entry?.message === "two");
    expect(line).toMatchObject({
      name: "run-log",
      data: { runId: started.id, projectId: "shop", entry: { stream: "stdout" } },
    });
    const update = await stream.find(({ data }) => data?.run?.logs.length === 3);
    expect(update).toMatchObject({ name: "run-update", data: { run: { status: "running" } } });
  });

  it("has neither ids nor retry times, and comments keep it open", async () => {
    const projects = [makeProject({ run: "true" })];
    const client = await (await startServer({ projects, keepAliveMs: 20 })).signIn();
    const stream = await client.stream();
    await client.post("/projects/shop/run");
    await stream.find(({ data }) => data?.run?.finishedAt);
    const comment = await stream.find(({ name }) => name === ":");
    expect(comment.text).toBe(": keep-alive");
    expect(stream.events.map(({ text }) => text).join("\n")).not.toMatch(/^(id|retry):/m);
  });

  it("asks proxies neither to keep it nor to hold its events back", async () => {
    const client = await (await startServer({ projects: [] })).signIn();
    const { headers } = (await client.stream()).response;
    expect(headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
  });

  it("is closed by the server when its session signs out, and no other one is", async () => {
    const server = await startServer({ projects: [] });
    const [ada, bob] = [await server.signIn(), await server.signIn()];
    const [adas, bobs] = [await ada.stream(), await bob.stream()];
    await until(() => adas.events.length === 1 && bobs.events.length === 1);
    await ada.post("/auth/logout");
    await until(() => adas.isOver());
    expect(bobs.isOver()).toBe(false);
  });

  it("is counted while it is open", async () => {
    const server = await startServer({ projects: [] });
    const client = await server.signIn();
    const counters = async () => (await server.client().get("/dev/counters")).body;
    const [first] = [await client.stream(), await client.stream()];
    expect(await counters()).toMatchObject({ openStreams: 2, streamsOpened: 2 });
    first.close();
    await until(async () => (await counters()).openStreams === 1);
    await client.post("/auth/logout");
    await until(async () => (await counters()).openStreams === 0);
    expect(await counters()).toMatchObject({ streamsOpened: 2 });
  });

  it("is cut off when its client does not read it", async () => {
    const { stream, counters, publish } = openStream([]);
    const megabyte = "x".repeat(1_000_000);
    for (let sent = 0; counters.openStreams > 0 && sent < 100; sent += 1) publish(megabyte);
    expect(counters.openStreams).toBe(0);
    await expect(stream.getReader().read()).rejects.toThrow(/cut off/);
  });

  it("begins with all runs, however much they have logged, and goes on", async () => {
    const message = "x".repeat(40_000_000);
    const { stream, publish } = openStream([
      {
        id: "1",
        projectId: "shop",
        status: "running",
        createdAt: "2026-01-05T12:00:00Z",
        logs: [{ timestamp: "2026-01-05T12:00:00Z", stream: "stdout", message }],
      },
    ]);
    publish("later");
    const reader = stream.getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(message.length);
    expect(new TextDecoder().decode((await reader.read()).value)).toContain("later");
    await reader.cancel();
  });
});

function openStream(listed: RunJob[]) {
  const counters = createCounters();
  const events = createRunEvents();
  const stream = createRunStream({
    runs: { list: () => listed },
    events,
    counters,
    ended: new AbortController().signal,
    projectId: undefined,
    keepAliveMs: 60_000,
  });
  const publish = (data: string) => events.publish("run-log", "shop", data);
  return { stream, counters, publish };
}
