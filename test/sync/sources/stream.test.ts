import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { browserEnvironment } from "../../../src/sync/environment.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { activeKeys, activeLabels, statusOf } from "../../support/jobs/jobStore.ts";
import { statuses } from "../../support/sync/harness.ts";
import { createMswBackend, mswBaseUrl } from "../../support/sync/mswBackend.ts";
import { runJob } from "../../support/sync/wire.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

let backend: ReturnType<typeof createMswBackend>;
beforeEach(() => {
  backend = createMswBackend();
  backend.listen();
});
afterEach(() => backend.close());

function start() {
  const store = createActivityStore();
  const environment = { ...browserEnvironment, random: () => 0.01 };
  onTestFinished(startBackendSync({ store, environment, baseUrl: mswBaseUrl }).stop);
  return store;
}

it("puts the active runs of the first snapshot into the store, latest start first", async () => {
  backend.state.runs = [
    runJob("r2", "pending", { projectId: "blog", createdAt: "2026-01-05T12:01:00.000Z" }),
    runJob("r1", "running"),
    runJob("r0", "stopped"),
  ];
  const store = start();
  await expect.poll(() => activeKeys(store), soon).toEqual(["run:r2", "run:r1"]);
  expect(activeLabels(store)).toEqual(["Starting server…", "Server running (shop)"]);
});

it("follows a run from its start to its end", async () => {
  const store = start();
  await expect.poll(() => statuses(store).runs, soon).toBe("live");
  for (const status of ["pending", "running", "stopping"] as const) {
    backend.update(runJob("r1", status));
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await expect.poll(() => statusOf(store, "run:r1"), soon).toBe(status);
  }
  backend.update(runJob("r1", "stopped"));
  await expect.poll(() => activeKeys(store), soon).toEqual([]);
});

it("takes a final update twice without harm", async () => {
  backend.state.runs = [runJob("r1", "running")];
  const store = start();
  await expect.poll(() => activeKeys(store), soon).toEqual(["run:r1"]);
  backend.update(runJob("r1", "failed"));
  backend.update(runJob("r1", "failed"));
  await expect.poll(() => activeKeys(store), soon).toEqual([]);
  expect(store.getState().endedJobs["run:r1"]).toMatchObject({ status: "failed" });
});

it("replaces all runs by the snapshot of the next connection", async () => {
  backend.state.runs = [runJob("r1", "running"), runJob("r2", "running")];
  const store = start();
  await expect.poll(() => activeKeys(store), soon).toHaveLength(2);
  backend.state.runs = [runJob("r2", "stopping"), runJob("r3", "pending")];
  backend.client().close();
  await expect.poll(() => activeKeys(store), soon).toEqual(["run:r3", "run:r2"]);
  expect(statusOf(store, "run:r2")).toBe("stopping");
});

it("keeps the runs and says that they are last known while the stream is down", async () => {
  backend.state.runs = [runJob("r1", "running")];
  const store = start();
  await expect.poll(() => activeKeys(store), soon).toEqual(["run:r1"]);
  const seen: string[] = [];
  store.subscribe(({ connection }) => seen.push(connection.runs?.status ?? "off"));
  backend.client().error();
  await expect.poll(() => backend.state.clients, soon).toHaveLength(2);
  await expect.poll(() => statuses(store).runs, soon).toBe("live");
  expect(seen).toEqual(["lost", "live"]);
  expect(activeKeys(store)).toEqual(["run:r1"]);
});
