import { describe, expect, it } from "vitest";
import { activeKeys } from "../support/jobs/jobStore.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

const half = { random: () => 0.5 };

describe.each([
  ["is no JSON", "<html>", "Runs: init: expected JSON, got "],
  ["holds no list", { runs: {} }, "Runs: init.runs: expected an array, got an object"],
  ["is null", null, "Runs: init: expected an object, got null"],
])("an init that %s", (_, data, words) => {
  async function sendIt() {
    const started = startFakeSync({ world: half });
    started.environment.source().init([runJob("r1", "running")]);
    started.environment.wake("online");
    started.environment.source().send("init", data);
    await started.environment.settle();
    return started;
  }

  it("costs the connection, not the runs, and says so", async () => {
    const { environment, store, connection } = await sendIt();
    expect(environment.sources).toHaveLength(0);
    expect(connection().runs).toBe("lost");
    expect(store.getState().connection.runs?.error).toContain(words);
    expect(activeKeys(store)).toEqual(["run:r1"]);
  });

  it("is asked for again after the backoff, which it does not reset", async () => {
    const { environment, connection } = await sendIt();
    await environment.advance(2_500);
    environment.source().send("init", data);
    await environment.advance(3_749);
    expect(environment.sources).toHaveLength(0);
    await environment.advance(1);
    environment.source().init([]);
    expect(connection().runs).toBe("live");
  });

  it("is told to onError, once", async () => {
    const { environment, problems } = await sendIt();
    await environment.advance(2_500);
    environment.source().send("init", data);
    await environment.settle();
    expect(problems).toHaveLength(1);
  });
});

it("tells onError once of an answer that holds no builds", async () => {
  const { environment, problems } = startFakeSync({ world: half });
  environment.request().respond({ jobs: [] });
  await environment.advance(2_500);
  environment.request().respond({ jobs: [] });
  await environment.settle();
  expect(problems).toHaveLength(1);
});

it("loses only the entry that is malformed, in an init, an update and an answer", async () => {
  const { environment, store, connection } = startFakeSync();
  const bad = [null, 7, "r", [], {}, { id: "" }, { id: "x" }, { id: "x", status: 1 }];
  environment.source().init([...bad, runJob("r1", "running"), ...bad]);
  for (const entry of bad) environment.source().update(entry);
  environment.source().update(runJob("r2", "running"));
  environment.request().respond({ builds: [...bad, buildJob("b1", "running"), ...bad] });
  await environment.advance(16);
  expect(activeKeys(store).toSorted()).toEqual(["build:b1", "run:r1", "run:r2"]);
  expect(connection()).toEqual({ runs: "live", builds: "live" });
});

it("takes ids that name what every object has", async () => {
  const { environment, store } = startFakeSync();
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  environment.source().init(ids.map((id) => runJob(id, "running")));
  expect(activeKeys(store)).toHaveLength(4);
  for (const id of ids) environment.source().update(runJob(id, "stopped"));
  await environment.advance(16);
  expect(activeKeys(store)).toEqual([]);
});

it("takes an update that is malformed for a sign of life: something did come", async () => {
  const { environment } = startFakeSync();
  environment.source().init([]);
  await environment.advance(59_000);
  environment.source().send("run-update", "?");
  await environment.advance(59_000);
  expect(environment.totals.sources).toBe(1);
});
