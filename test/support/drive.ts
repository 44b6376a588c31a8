import type { ActivityState } from "../../src/store/activityStore.ts";

/** The verbs by which sync writes into a store, for tests that play its part. */
export function drive<State extends ActivityState>(store: { getState: () => State }): State {
  return store.getState();
}
