// One of many tabs of a host.
import { createActivityStore, startBackendSync } from "../../../../src/index.ts";
import { runsSource } from "./contenders/thisProject.tsx";

const store = createActivityStore();

/** Starts a sync as a host does, as soon as its script runs. */
export function startTab(): void {
  startBackendSync({ store, sources: [runsSource] });
}

/** How many runs the tab knows. */
export function knownRuns(): number {
  return Object.keys(store.getState().backendJobs).length;
}
