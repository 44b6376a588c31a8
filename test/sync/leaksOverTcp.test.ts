import { afterEach, beforeEach, expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { createFaultEnvironment } from "../support/faults/environment.ts";
import { type FaultServer, startFaultServer } from "../support/faults/server.ts";
import { answers, type Behaviour, good, mute, reset } from "../support/faults/behaviours.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
  server.runs = [runJob("r1", "running")];
  server.builds = [buildJob("b1", "running")];
});
afterEach(() => server.kill());

/** What this process has open, by kind: timers, sockets, requests. */
function openResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Of what there is more than there was. */
function moreThan(before: Record<string, number>): [kind: string, count: number][] {
  return Object.entries(openResources()).filter(([kind, count]) => count > (before[kind] ?? 0));
}

const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

const behaviours: [words: string, behaviour: Behaviour][] = [
  ["good", good],
  ["mute", mute],
  ["reset", reset],
  ["500", answers(500)],
];

it.each(behaviours)(
  "leaves nothing open in Node after 250 starts and stops against a server that is %s",
  async (_, behaviour) => {
    server.stream = server.poll = behaviour;
    const environment = createFaultEnvironment({ random: () => 0.001 });
    const store = createActivityStore();
    const before = openResources();
    for (let round = 0; round < 250; round += 1) {
      const sync = startBackendSync({ store, environment, baseUrl: server.baseUrl });
      // From none to all of the way to an answer and the first retry.
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      await pause((round % 5) * 2);
      sync.stop();
    }

    const nothingOpen = { timers: 0, requests: 0, sources: 0, wakeListeners: 0 };
    await expect.poll(() => environment.open(), { timeout: 10_000 }).toEqual(nothingOpen);
    await server.kill();
    await expect.poll(() => moreThan(before), { timeout: 10_000 }).toEqual([]);
  },
  60_000,
);
