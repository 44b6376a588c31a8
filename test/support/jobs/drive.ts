import type { Job } from "../../../src/jobs/job.ts";
import type { ReportProblem } from "../../../src/jobs/payload.ts";
import type { ActivityState } from "../../../src/store/activityStore.ts";
import type { SourceStatus } from "../../../src/store/connection.ts";
import { type ActivityInternals, internalsOf } from "../../../src/store/storeWriter.ts";

/** The sources of the contract, and the kinds that each keeps true. */
const kindsOf: Readonly<Record<string, readonly string[]>> = { runs: ["run"], builds: ["build"] };

/** The verbs by which sync writes into a store. */
export interface Driven extends ActivityInternals {
  /** Begins a source, sets its status, or ends it. */
  setConnectionStatus: (source: string, status: SourceStatus | "off", error?: string) => void;
  setServerClock: (offsetMs: number) => void;
  noteConnectionError: (source: string, error: string) => void;
  /** Ends the session: no job of the contract's kinds is left. */
  clearBackendJobs: () => void;
  /** Takes the answer to a request of the user's. */
  applyJobHint: (job: Job, askedAt?: number) => void;
  onProblem: (listener: ReportProblem) => () => void;
}

/** The verbs by which sync writes into a store, for tests that play its part. */
export function drive(store: { getState: () => ActivityState }): Driven & ActivityState {
  const internals = internalsOf(store);
  const open = (source: string) => {
    if (!(source in store.getState().connection))
      internals.openSource(source, kindsOf[source] ?? []);
  };
  return {
    ...store.getState(),
    ...internals,
    setConnectionStatus(source, status, error) {
      if (status === "off") return internals.closeSources([source]);
      open(source);
      internals.setSourceStatus(source, status, error);
    },
    setServerClock(offsetMs) {
      open("builds");
      internals.setClockOffset("builds", offsetMs);
    },
    noteConnectionError(source, error) {
      open(source);
      internals.noteSourceError(source, error);
    },
    clearBackendJobs: () => internals.clearJobs(new Set(["build", "run"])),
    onProblem: internals.onHintProblem,
  };
}
