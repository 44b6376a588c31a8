import { delay, http, HttpResponse } from "msw";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { browserEnvironment } from "../../../src/sync/environment.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { activeKeys, activeLabels } from "../../support/jobs/jobStore.ts";
import { statuses } from "../../support/sync/harness.ts";
import { createMswBackend, mswBaseUrl } from "../../support/sync/mswBackend.ts";
import { buildJob, runJob } from "../../support/sync/wire.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

let backend: ReturnType<typeof createMswBackend>;
beforeEach(() => {
  backend = createMswBackend();
  backend.listen();
});
afterEach(() => backend.close());

function start(onUnauthorized = () => {}) {
  const store = createActivityStore();
  const environment = { ...browserEnvironment, random: () => 0.01 };
  const options = { store, environment, baseUrl: mswBaseUrl, pollIntervalMs: 20, onUnauthorized };
  onTestFinished(startBackendSync(options).stop);
  return store;
}

function answer(status: number, error: string) {
  return () => HttpResponse.json({ error }, { status });
}

it("follows a build from the queue to its end", async () => {
  backend.state.builds = [buildJob("b1", "pending")];
  const store = start();
  await expect.poll(() => activeLabels(store), soon).toEqual(["Build queued…"]);
  backend.state.builds = [buildJob("b1", "running")];
  await expect.poll(() => activeLabels(store), soon).toEqual(["Building (shop)"]);
  backend.state.builds = [buildJob("b1", "succeeded")];
  await expect.poll(() => activeLabels(store), soon).toEqual([]);
});

it("sends one request at a time to a server that is slower than the interval", async () => {
  let [inFlight, most, count] = [0, 0, 0];
  backend.server.use(
    http.get(`${mswBaseUrl}/builds`, async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await delay(60);
      inFlight -= 1;
      count += 1;
      return HttpResponse.json({ builds: [] });
    }),
  );
  start();
  await expect.poll(() => count, soon).toBeGreaterThan(3);
  expect(most).toBe(1);
});

it("keeps the builds through a failure of the server, and is live again after it", async () => {
  backend.state.builds = [buildJob("b1", "running")];
  const store = start();
  await expect.poll(() => activeKeys(store), soon).toEqual(["build:b1"]);
  const onFire = answer(503, "on fire");
  backend.server.use(http.get(`${mswBaseUrl}/builds`, onFire, { once: true }));
  const seen: string[] = [];
  store.subscribe(({ connection }) => seen.push(connection.builds?.status ?? "off"));
  await expect.poll(() => seen.includes("lost") && seen.at(-1), soon).toBe("live");
  expect(activeKeys(store)).toEqual(["build:b1"]);
});

it("ends the session on a 401, the stream's part of it too", async () => {
  backend.state.runs = [runJob("r1", "running")];
  const onUnauthorized = vi.fn<() => void>();
  const store = start(onUnauthorized);
  await expect.poll(() => activeKeys(store), soon).toEqual(["run:r1"]);
  backend.server.use(http.get(`${mswBaseUrl}/builds`, answer(401, "sign in")));
  await expect.poll(() => statuses(store), soon).toEqual({ runs: "off", builds: "off" });
  expect(activeKeys(store)).toEqual([]);
  backend.update(runJob("r2", "running"));
  await delay(100);
  expect(activeKeys(store)).toEqual([]);
  expect(onUnauthorized).toHaveBeenCalledOnce();
});
