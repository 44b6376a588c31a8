import { describe, expect, it } from "vitest";
import { activeLabels } from "../support/jobs/jobStore.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { runJob } from "../support/sync/wire.ts";

describe("an answer of 401 to the poll", () => {
  const status = 401;

  async function answerUnauthorized() {
    const started = startFakeSync();
    started.environment.source().init([runJob("r1", "running")]);
    started.store.getState().registerRequestAction("Scanning assets");
    started.sync.refresh();
    started.environment.request().respond({ error: "sign in" }, status);
    await started.environment.settle();
    return started;
  }

  it("stops the sync: no connection, no timer, no job", async () => {
    const { environment, store, connection } = await answerUnauthorized();
    expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
    expect(connection()).toEqual({ runs: "off", builds: "off" });
    expect(activeLabels(store)).toEqual(["Scanning assets"]);
  });

  it("calls onUnauthorized once, and nothing is retried", async () => {
    const { environment, calls, sync } = await answerUnauthorized();
    expect(calls.unauthorized).toBe(1);
    environment.wake("online");
    sync.refresh();
    await environment.advance(600_000);
    expect(calls.unauthorized).toBe(1);
    expect(environment.totals).toEqual({ requests: 1, sources: 1 });
  });

  it("has stopped by the time onUnauthorized is called, so that it may start anew", async () => {
    const seen: unknown[] = [];
    const { environment, store } = startFakeSync({
      onUnauthorized: () => seen.push(environment.sources.length, store.getState().backendJobs),
    });
    environment.source().init([runJob("r1", "running")]);
    environment.request().respond({}, status);
    await environment.settle();
    expect(seen).toEqual([0, {}]);
  });
});

it("is not called for a 403, which refuses that one request: the builds are last known", async () => {
  const { environment, store, calls, connection } = startFakeSync({ world: { random: () => 1 } });
  environment.source().init([runJob("r1", "running")]);
  environment.request().respond({ error: "not yours" }, 403);
  await environment.settle();
  expect(calls.unauthorized).toBe(0);
  expect(connection()).toEqual({ runs: "live", builds: "lost" });
  expect(store.getState().connection.builds?.error).toBe("Builds: HTTP 403");
  expect(activeLabels(store)).toEqual(["Server running (shop)"]);
  await environment.advance(5_000);
  expect(environment.requests).toHaveLength(1);
});

it("is not called for an answer that comes after stop", async () => {
  const { environment, sync, calls } = startFakeSync({ world: { ignoresAbort: true } });
  const request = environment.request();
  sync.stop();
  request.respond({}, 401);
  await environment.settle();
  expect(calls.unauthorized).toBe(0);
});
