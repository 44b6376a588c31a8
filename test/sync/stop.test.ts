import { build } from "../support/jobs/jobs.ts";
import { expect, it } from "vitest";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { activeKeys, activeLabels } from "../support/jobs/jobStore.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };

async function startBusy(world = {}) {
  const started = startFakeSync({ world });
  started.environment.source().init([runJob("r1", "running")]);
  started.environment.request().respond({ builds: [buildJob("b1", "running")] });
  await started.environment.advance(5_000);
  return started;
}

it("aborts the request in flight and closes the stream", async () => {
  const { environment, sync } = await startBusy();
  const [request, source] = [environment.request(), environment.source()];
  sync.stop();
  await environment.settle();
  expect(request.isAborted()).toBe(true);
  expect(source.isClosed()).toBe(true);
  expect(environment.open()).toEqual(nothingOpen);
});

it("takes the jobs out of the store and leaves the request actions", async () => {
  const { store, sync } = await startBusy();
  store.getState().registerRequestAction("Scanning assets");
  sync.stop();
  expect(activeLabels(store)).toEqual(["Scanning assets"]);
  expect(store.getState().endedJobs).toEqual({});
});

it("sets both sources to off", async () => {
  const { sync, connection } = await startBusy();
  sync.stop();
  expect(connection()).toEqual({ runs: "off", builds: "off" });
});

it("lets nothing late write: an answer, an event, an error, a gathered update", async () => {
  const { environment, store, sync } = await startBusy({ ignoresAbort: true });
  const [request, source] = [environment.request(), environment.source()];
  source.update(runJob("r2", "running"));
  sync.stop();
  const after = store.getState();
  request.respond({ builds: [buildJob("b2", "running")] });
  source.update(runJob("r3", "running"));
  source.init([runJob("r4", "running")]);
  source.fail();
  environment.wake("online");
  await environment.advance(120_000);
  expect(store.getState()).toBe(after);
  expect(environment.open()).toEqual(nothingOpen);
});

it("lets an error that comes late write nothing", async () => {
  const { environment, store, sync } = await startBusy({ ignoresAbort: true });
  const request = environment.request();
  sync.stop();
  const after = store.getState();
  request.fail();
  await environment.advance(120_000);
  expect(store.getState()).toBe(after);
});

it("is safe twice, and the second time does not end the sync that came after", async () => {
  const { environment, store, sync } = await startBusy();
  sync.stop();
  const next = startBackendSync({ store, environment });
  environment.source().init([runJob("r9", "running")]);
  sync.stop();
  expect(activeKeys(store)).toEqual(["run:r9"]);
  next.stop();
  await environment.settle();
  expect(environment.open()).toEqual(nothingOpen);
});

it("ignores the answer to a request that was sent before it", async () => {
  const { store, sync } = await startBusy();
  const { order } = store.getState().registerRequestAction("Triggering build");
  sync.stop();
  store.getState().applyJobHint(build("b7", "running", { projectId: undefined }), order);
  expect(activeLabels(store)).toEqual(["Triggering build"]);
});
