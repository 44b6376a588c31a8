import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { createFaultEnvironment } from "../support/faults/environment.ts";

/** Many syncs in one process. */
export interface StormClients {
  /** Resolves once all are live. */
  allLive: () => Promise<unknown>;
  /** Resolves once all have lost the server. */
  allLost: () => Promise<unknown>;
  stop: () => void;
}

/** Starts so many syncs, each with a store and an environment of its own. */
export function startStormClients(count: number, baseUrl: string): StormClients {
  const clients = Array.from({ length: count }, () => startClient(baseUrl));
  return {
    allLive: () => Promise.all(clients.map(({ becomes }) => becomes("live"))),
    allLost: () => Promise.all(clients.map(({ becomes }) => becomes("lost"))),
    stop: () => clients.forEach(({ stop }) => stop()),
  };
}

function startClient(baseUrl: string) {
  const store = createActivityStore();
  const { stop } = startBackendSync({
    store,
    baseUrl,
    environment: createFaultEnvironment(),
    // Only the streams are counted, so polls have to stay out of their way.
    pollIntervalMs: 24 * 3_600_000,
  });

  function becomes(status: "live" | "lost"): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (store.getState().connection.runs?.status !== status) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = store.subscribe(check);
      check();
    });
  }

  return { becomes, stop };
}
