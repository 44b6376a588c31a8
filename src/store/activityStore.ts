import { createStore, type StoreApi } from "zustand/vanilla";
import { type BackendJobsSlice, createBackendJobs } from "./backendJobs.ts";
import { type ConnectionSlice, createConnection } from "./connection.ts";
import { createRequestActionsSlice, type RequestActionsSlice } from "./requestActions.ts";
import { createStoreWriter, type SetState } from "./storeWriter.ts";
import { callHost, surface } from "./hostCode.ts";

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

/**
 * Creates a store of its own. Where Redux DevTools is installed it connects to that, with named
 * actions, as soon as the code for it has come: what is written before is part of its first state.
 */
export function createActivityStore({
  name = "active-indicator",
}: ActivityStoreOptions = {}): StoreApi<ActivityState> {
  const store = createStore<ActivityState>()((_, get, api) => {
    isolateSubscribers(api);
    const write: SetState<ActivityState> = (...change) => {
      // Looked up each time, since DevTools puts its own in the place of the first.
      const set: SetState<ActivityState> = api.setState;
      set(...change);
    };
    return createActivitySlice(write, get);
  });
  if (typeof window !== "undefined" && "__REDUX_DEVTOOLS_EXTENSION__" in window)
    connectDevtools(store, name).catch(surface);
  return store;
}

// Loaded apart: those who only use a page have no part in it.
async function connectDevtools(store: StoreApi<ActivityState>, name: string): Promise<void> {
  const { devtools } = await import("zustand/middleware");
  devtools(store.getState, { name })(store.setState, store.getState, store);
}

// In zustand a subscriber that throws keeps the later ones from being called.
function isolateSubscribers(api: StoreApi<ActivityState>): void {
  const { subscribe } = api;
  api.subscribe = (listener) => subscribe((...states) => callHost(() => listener(...states)));
}

/** The store that sync, hooks and indicator use unless they are given another. */
export const activityStore: StoreApi<ActivityState> = createActivityStore();
