import type { SourceName } from "../jobs/jobKinds.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import type { ConnectionSlice, SourceStatus } from "../store/connection.ts";
import type { RequestActionsSlice } from "../store/requestActions.ts";
import type { SharedState } from "./picture.ts";
import type { SourceStore } from "./sources/runSource.ts";

/** Where it is said how the sources stand. */
export interface EvidenceSink {
  status: (source: SourceName, status: SourceStatus, error?: string) => void;
  /** Something went wrong that does not change the source's status. */
  error: (source: SourceName, error: string) => void;
}

/** The part of a store that evidence is written to. */
export interface EvidenceStore extends SourceStore {
  getState: () => ReturnType<SourceStore["getState"]> &
    Pick<BackendJobsSlice, "clearBackendJobs" | "onHintProblem"> &
    Pick<ConnectionSlice, "noteConnectionError">;
}

/** The part of a store that tabs share. */
export interface SharedStore {
  getState: () => SharedState &
    Pick<
      BackendJobsSlice,
      | "applyJobHint"
      | "mirrorBackendJobs"
      | "recallJobs"
      | "onJobAttention"
      | "onJobHint"
      | "setJobAttention"
    > &
    Pick<ConnectionSlice, "mirrorConnection"> &
    Pick<RequestActionsSlice, "registerRequestAction">;
  /** Calls on every change, until what it returns is called. */
  subscribe: (listener: () => void) => () => void;
}

/** Creates the sink that writes into a store. */
export function createStoreSink(store: EvidenceStore): EvidenceSink {
  return {
    status: (...change) => store.getState().setConnectionStatus(...change),
    error: (...note) => store.getState().noteConnectionError(...note),
  };
}
