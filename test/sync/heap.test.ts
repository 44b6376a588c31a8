import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { many } from "../support/jobs/jobs.ts";
import { startFakeSync } from "../support/sync/harness.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

/** How many ended jobs of a kind the store remembers. */
const maxEndedJobs = 500;

setFlagsFromString("--expose-gc");
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- V8's own, once the flag is set
const collectGarbage = runInNewContext("gc") as () => void;

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** A busy hour: runs that come and end or vanish, and builds that the server forgets at once. */
async function liveOneHour({ environment }: ReturnType<typeof startFakeSync>, hour: number) {
  for (let minute = 0; minute < 35; minute += 1) {
    const ids = many(80, (n) => `${hour}-${minute}-${n}`);
    for (const status of ["pending", "running", "stopped"] as const)
      for (const id of ids) environment.source().update(runJob(id, status));
    environment.requests[0]?.respond({ builds: ids.map((id) => buildJob(id, "running")) });
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(16);
    if (minute % 20 === 0) {
      environment.source().update(runJob(`vanishes-${hour}-${minute}`, "running"));
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(16);
      environment.wake("online");
      environment.source().init([]);
    }
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(10_000);
  }
}

it("leaves memory flat over a day of 200,000 updates, each of an id that was never seen", async () => {
  const sync = startFakeSync();
  sync.environment.source().init([]);
  const opened = sync.environment.open();
  const heap: number[] = [];
  for (let hour = 0; hour < 24; hour += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one hour after the other
    await liveOneHour(sync, hour);
    heap.push(heapMb());
  }
  const { backendJobs, endedJobs } = sync.store.getState();
  expect(Object.keys(backendJobs).length).toBeLessThanOrEqual(80);
  expect(Object.keys(endedJobs).length).toBeLessThanOrEqual(2 * maxEndedJobs);
  expect(sync.environment.open().timers).toBeLessThanOrEqual(opened.timers + 1);
  expect((heap.at(-1) ?? 0) - (heap[3] ?? 0)).toBeLessThan(1);
}, 60_000);
