// Runs in the page: a sync as a host would start it, and all that a header of it would have said.
import {
  browserEnvironment,
  createActivityStore,
  selectBadge,
  selectLabel,
  startBackendSync,
} from "../../../src/index.ts";

declare global {
  interface Window {
    /** Starts the sync against this base. */
    startFaultSync?: (baseUrl: string) => void;
    /** Every header and connection since, without repetitions: `Idle | connecting live`. */
    said?: string[];
  }
}

window.startFaultSync = (baseUrl) => {
  const store = createActivityStore();
  const said: string[] = [];
  window.said = said;
  store.subscribe((state) => {
    const { runs, builds } = state.connection;
    const header = [selectLabel(state), selectBadge(state)].filter(Boolean).join(" ");
    const saying = `${header} | ${runs?.status} ${builds?.status}`;
    if (said.at(-1) !== saying) said.push(saying);
  });
  startBackendSync({
    store,
    baseUrl,
    pollIntervalMs: 200,
    silenceMs: 1_000,
    shareAcrossTabs: false,
    // The first of the backoff's ranges, 5 s, is 0.1 s here.
    environment: { ...browserEnvironment, random: () => 0.02 },
  });
};
