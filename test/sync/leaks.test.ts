import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { createFakeEnvironment, type FakeEnvironment } from "../../src/testing/environment.ts";
import { many } from "../support/jobs/jobs.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };

/** What may happen before a stop: each leaves something else open. */
const happenings: ((world: FakeEnvironment) => void)[] = [
  () => {},
  (world) => world.sources[0]?.init([runJob("r1", "running")]),
  (world) => world.sources[0]?.fail(),
  (world) => world.sources[0]?.update(runJob("r1", "running")),
  (world) => world.requests[0]?.respond({ builds: [buildJob("b1", "running")] }),
  (world) => world.requests[0]?.fail(),
  (world) => world.wake("online"),
  (world) => world.sleep(3_600_000),
  (world) => world.hide(),
  (world) => world.show(),
  (world) => world.sources[0]?.send("init", "?"),
];

it("leaves no timer, listener, request or stream after a thousand starts and stops", async () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const sizes: number[] = [];
  for (let round = 0; round < 1_000; round += 1) {
    const sync = startBackendSync({ store, environment, onError: () => {} });
    for (const pick of many(4, () => Math.floor(environment.random() * happenings.length))) {
      happenings[pick]?.(environment);
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(environment.random() * 30_000);
    }
    sync.stop();
    // oxlint-disable-next-line no-await-in-loop -- a stop has been seen through before the next start
    await environment.settle();
    expect(environment.open()).toEqual(nothingOpen);
    sizes.push(JSON.stringify(store.getState()).length);
  }
  expect(new Set(sizes).size).toBe(1);
}, 30_000);
