// A host's own pages get the events of a source as they came, by its one connection.
import { expect, it, vi } from "vitest";
import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { defineSource, type Sink } from "../../../src/sync/sources/source.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { catchUncaught } from "../../support/catchUncaught.ts";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { runJob } from "../../support/sync/wire.ts";

function startLive() {
  const started = startFakeSync();
  started.environment.source().init([]);
  return started;
}

it("gives the data of an event that the source itself does not read, as text", () => {
  const { environment, sync } = startLive();
  const lines: string[] = [];
  sync.onEvent("runs", "run-log", (data) => lines.push(data));
  environment.source().send("run-log", '{"runId": "7"}');
  environment.source().send("run-log", "no JSON");
  expect(lines).toEqual(['{"runId": "7"}', "no JSON"]);
  expect(environment.totals.sources).toBe(1);
});

it("gives an event that the source reads once the store has it", async () => {
  const { environment, store, sync } = startFakeSync();
  const known: string[][] = [];
  sync.onEvent("runs", "init", () => known.push(activeKeys(store)));
  await environment.settle();
  environment.source().init([runJob("r1", "running")]);
  expect(known).toEqual([["run:r1"]]);
});

it("does not repeat what came before somebody listened", () => {
  const { environment, sync } = startLive();
  environment.source().send("run-log", "early");
  const listener = vi.fn<(data: string) => void>();
  sync.onEvent("runs", "run-log", listener);
  expect(listener).not.toHaveBeenCalled();
});

it("goes on with the next connection after a loss", async () => {
  const { environment, sync } = startLive();
  const lines: string[] = [];
  sync.onEvent("runs", "run-log", (data) => lines.push(data));
  environment.source().fail();
  await environment.advance(5_000);
  environment.source().init([]);
  environment.source().send("run-log", "after");
  expect(lines).toEqual(["after"]);
});

it("gives an event once while another connection is tried beside a silent one", async () => {
  const { environment, sync } = startLive();
  const lines: string[] = [];
  sync.onEvent("runs", "run-log", (data) => lines.push(data));
  await environment.advance(65_000);
  const [old, next] = environment.sources;
  for (const stream of [old, next]) stream?.send("run-log", "both have it");
  next?.init([]);
  for (const stream of [old, next]) stream?.send("run-log", "the old one has gone");
  expect(lines).toEqual(["both have it", "the old one has gone"]);
});

it("is no event that the connection was opened or lost", () => {
  const { environment, sync } = startLive();
  const listener = vi.fn<(data: string) => void>();
  for (const name of ["open", "error"]) sync.onEvent("runs", name, listener);
  environment.source().open();
  environment.source().send("error", "the server's own");
  environment.source().fail();
  expect(listener.mock.calls).toEqual([["the server's own"]]);
});

it("counts as a sign of life", async () => {
  const { environment, sync } = startLive();
  sync.onEvent("runs", "run-log", () => {});
  for (let second = 0; second < 120; second += 20) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await environment.advance(20_000);
    environment.source().send("run-log", "still here");
  }
  expect(environment.totals.sources).toBe(1);
});

it("ends with its own undo, and a function that is given twice is called twice", () => {
  const { environment, sync } = startLive();
  const listener = vi.fn<(data: string) => void>();
  const [undo] = [
    sync.onEvent("runs", "run-log", listener),
    sync.onEvent("runs", "run-log", listener),
  ];
  environment.source().send("run-log", "1");
  undo?.();
  undo?.();
  environment.source().send("run-log", "2");
  expect(listener.mock.calls).toEqual([["1"], ["1"], ["2"]]);
});

it("ends with the sync, for the listeners that an event has not reached too", () => {
  const { environment, sync } = startLive();
  const stream = environment.source();
  const listener = vi.fn<(data: string) => void>();
  sync.onEvent("runs", "run-log", sync.stop);
  sync.onEvent("runs", "run-log", listener);
  stream.send("run-log", "the last");
  sync.onEvent("runs", "run-log", listener);
  stream.send("run-log", "too late");
  expect(listener).not.toHaveBeenCalled();
});

it("costs the source and the other listeners nothing when a listener throws", async () => {
  const uncaught = catchUncaught();
  const { environment, sync, connection } = startLive();
  const listener = vi.fn<(data: string) => void>();
  sync.onEvent("runs", "run-log", () => {
    throw new Error("a host's own mistake");
  });
  sync.onEvent("runs", "run-log", listener);
  environment.source().send("run-log", "1");
  expect(listener).toHaveBeenCalledWith("1");
  expect(connection().runs).toBe("live");
  await vi.waitFor(() => expect(uncaught).toEqual(["a host's own mistake"]));
});

it("reports an event of more than a million characters, and gives it to nobody", async () => {
  const { environment, sync, problems, connection } = startLive();
  const listener = vi.fn<(data: string) => void>();
  sync.onEvent("runs", "run-log", listener);
  environment.source().send("run-log", "x".repeat(1_000_001));
  environment.source().send("run-log", "x".repeat(1_000_000));
  await environment.settle();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(problems.map(({ problem }) => problem)).toEqual([
    "run-log: expected at most 1000000 characters",
  ]);
  expect(connection().runs).toBe("live");
});

it("refuses a source that there is not, and names those that there are", () => {
  const { sync } = startFakeSync();
  expect(() => sync.onEvent("run", "run-log", () => {})).toThrow(
    'onEvent: there is no source "run" here, but "runs", "builds"',
  );
});

it("comes from a source of a host's own, which need not know whether anybody listens", () => {
  const deploys = defineJobKind({
    name: "deploy",
    noun: "Deployment",
    statuses: { running: "working" },
    parse: (id: string) => ({ id, status: "running" }),
  });
  let sink: Sink | undefined;
  const socket = defineSource({
    name: "socket",
    kinds: [deploys],
    start(given) {
      sink = given;
      given.snapshot(deploys, []);
      return () => {};
    },
  });
  const sync = startBackendSync({
    store: createActivityStore(),
    sources: [socket],
    environment: createFakeEnvironment(),
  });
  const listener = vi.fn<(data: string) => void>();
  sink?.event("log", "nobody listens");
  sync.onEvent("socket", "log", listener);
  sink?.event("log", "1");
  sync.stop();
  sink?.event("log", "2");
  expect(listener.mock.calls).toEqual([["1"]]);
});
