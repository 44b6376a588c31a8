import { onTestFinished } from "vitest";
import type { PayloadError } from "../../../src/jobs/payload.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";
import { type BackendSyncOptions, startBackendSync } from "../../../src/sync/startBackendSync.ts";
import {
  createFakeEnvironment,
  type FakeEnvironmentOptions,
} from "../../../src/testing/environment.ts";

/** The options of a sync of the contract, but for its store. */
export type OwnOptions = Omit<BackendSyncOptions & { sources?: undefined }, "store" | "sources">;

/** Options of {@link startFakeSync}: those of the sync, and how the fake world begins. */
export interface FakeSyncOptions extends Partial<OwnOptions> {
  /** @default a new one of its own */
  store?: ActivityStore;
  world?: FakeEnvironmentOptions;
}

/** Starts a sync on a store of its own in a fake world; it is stopped after the test. */
export function startFakeSync({
  world,
  store = createActivityStore(),
  ...options
}: FakeSyncOptions = {}) {
  const environment = createFakeEnvironment(world);
  const problems: PayloadError[] = [];
  const calls = { unauthorized: 0 };
  const sync = startBackendSync({
    store,
    environment,
    onError: (problem) => problems.push(problem),
    onUnauthorized: () => (calls.unauthorized += 1),
    ...options,
  });
  onTestFinished(sync.stop);
  return { environment, store, sync, problems, calls, connection: () => statuses(store) };
}

/** The status of both sources: `{ runs: "live", builds: "lost" }`. */
export function statuses(store: ActivityStore) {
  const { runs, builds } = store.getState().connection;
  return { runs: runs?.status ?? "off", builds: builds?.status ?? "off" } as const;
}
