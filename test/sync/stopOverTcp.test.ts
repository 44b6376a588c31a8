import { expect, it, onTestFinished, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { type Behaviour, good, mute, silent } from "../support/faults/behaviours.ts";
import { createFaultEnvironment } from "../support/faults/environment.ts";
import { startFaultServer } from "../support/faults/server.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

async function startAgainst(stream: Behaviour, poll: Behaviour) {
  const server = await startFaultServer();
  onTestFinished(server.kill);
  server.stream = stream;
  server.poll = poll;
  const environment = createFaultEnvironment();
  const store = createActivityStore();
  const sync = startBackendSync({ store, environment, baseUrl: server.baseUrl });
  onTestFinished(sync.stop);
  await expect.poll(() => server.counts, soon).toMatchObject({ streams: 1, polls: 1 });
  return { server, sync };
}

it.each<[words: string, stream: Behaviour, poll: Behaviour]>([
  ["that has answered neither question", mute, mute],
  ["that is in the middle of both answers", silent, silent],
  ["whose stream is live while the poll waits", good, mute],
])("ends every request to a server %s", async (_, stream, poll) => {
  const { server, sync } = await startAgainst(stream, poll);
  expect(server.waiting()).toBe(2);
  sync.stop();
  await expect.poll(() => server.waiting(), soon).toBe(0);
});
