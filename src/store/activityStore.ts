import { devtools } from "zustand/middleware";
import { createStore, type StoreApi } from "zustand/vanilla";
import { type BackendJobsSlice, createBackendJobs } from "./backendJobs.ts";
import { type ConnectionSlice, createConnection } from "./connection.ts";
import { createRequestActionsSlice, type RequestActionsSlice } from "./requestActions.ts";
import { createStoreWriter, type SetState } from "./storeWriter.ts";
import { callHost } from "./hostCode.ts";

/** Everything that the app is busy with, and how far that can be believed. */
export interface ActivityState extends RequestActionsSlice, BackendJobsSlice, ConnectionSlice {}

/** A store that holds an {@link ActivityState}, alone or beside a host's own state. */
export type ActivityStore = Pick<
  StoreApi<ActivityState>,
  "getState" | "getInitialState" | "subscribe"
>;

/**
 * Creates the three slices as one, to be spread into a host's own store:
 * `createStore((set, get) => ({ ...createActivitySlice(set, get), …own state }))`.
 */
export function createActivitySlice(
  set: SetState<ActivityState>,
  get: () => ActivityState,
): ActivityState {
  const writer = createStoreWriter(set, get);
  const requests = createRequestActionsSlice(writer);
  const jobs = createBackendJobs(writer);
  const connection = createConnection(writer);
  const slice = { ...requests, ...jobs.slice, ...connection.slice };
  writer.begin(slice, { ...jobs.verbs, ...connection.verbs });
  return slice;
}

/** Options of {@link createActivityStore}. */
export interface ActivityStoreOptions {
  /** The store's name in Redux DevTools. @default "active-indicator" */
  name?: string;
}

/** Creates a store of its own, with named actions in Redux DevTools where that is installed. */
export function createActivityStore({
  name = "active-indicator",
}: ActivityStoreOptions = {}): StoreApi<ActivityState> {
  return createStore<ActivityState>()(
    devtools(
      (set, get, api) => {
        isolateSubscribers(api);
        return createActivitySlice(set, get);
      },
      { name },
    ),
  );
}

// In zustand a subscriber that throws keeps the later ones from being called.
function isolateSubscribers(api: StoreApi<ActivityState>): void {
  const { subscribe } = api;
  api.subscribe = (listener) => subscribe((...states) => callHost(() => listener(...states)));
}

/** The store that sync, hooks and indicator use unless they are given another. */
export const activityStore: StoreApi<ActivityState> = createActivityStore();
