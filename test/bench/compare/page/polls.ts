// What a poll costs whose answer is the same as the last one.
import {
  browserEnvironment,
  builds,
  type BuildJob,
  createActivityStore,
  pollSource,
  startBackendSync,
} from "../../../../src/index.ts";
import { deferred } from "../../../support/deferred.ts";
import type { Figures } from "./figures.ts";
import { medianOf, pause } from "./timing.ts";

/** By its length the pause after a poll is known: then the poll is over. */
const intervalMs = 123_456;

/** Polls as often as it is told to. */
export interface Poller {
  /** Resolves once the answer is in the store and the next poll is planned. */
  poll: () => Promise<void>;
  stop: () => void;
}

/** Starts to poll this list of builds; resolves after the first answer. */
export async function startPolling(url: string): Promise<Poller> {
  let polled = deferred<void>();
  const store = createActivityStore();
  const sync = startBackendSync({
    store,
    sources: [
      pollSource({
        kind: builds,
        url,
        intervalMs,
        list: (body: { builds: BuildJob[] }) => body.builds,
      }),
    ],
    shareAcrossTabs: false,
    environment: {
      ...browserEnvironment,
      after(ms, callback) {
        if (ms !== intervalMs) return browserEnvironment.after(ms, callback);
        polled.resolve();
        return () => {};
      },
    },
  });
  await polled.promise;
  const { status } = store.getState().connection["build"] ?? {};
  if (status !== "live") throw new Error(`The poll of ${url} is ${status}.`);

  return {
    poll() {
      polled = deferred();
      sync.refresh();
      return polled.promise;
    },
    stop: sync.stop,
  };
}

/** The median of polls, and of the fetch alone; by an ETag the page is told that nothing changed. */
export async function measurePolls(url: string, hasETag: boolean): Promise<Figures> {
  const poller = await startPolling(url);
  const ways = { poll: poller.poll, fetch: () => fetchOnly(url, hasETag) };
  const times: Record<keyof typeof ways, number[]> = { poll: [], fetch: [] };
  for (let turn = 0; turn < 12; turn += 1) {
    for (const way of ["poll", "fetch"] as const) {
      // Whatever the last one left to be done is no part of this one.
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await pause(20);
      const begin = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await ways[way]();
      times[way].push(performance.now() - begin);
    }
  }
  poller.stop();
  return { poll: medianOf(times.poll), fetch: medianOf(times.fetch) };
}

// Whoever is told by an ETag that nothing has changed need not read it again.
async function fetchOnly(url: string, hasETag: boolean): Promise<void> {
  const response = await fetch(url, { cache: "no-cache" });
  if (hasETag) await response.body?.cancel();
  else await response.text();
}
