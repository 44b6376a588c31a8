import type { JobKindName, SourceName } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import type { ConnectionSlice, SourceStatus } from "../store/connection.ts";
import type { SharedState } from "./picture.ts";

/** Where the sources put what they found out. */
export interface EvidenceSink {
  /** All jobs of a kind, as asked for at `askedAt` on the logical clock. */
  snapshot: (kind: JobKindName, jobs: readonly Job[], askedAt: number) => void;
  /** Single jobs, by the word of the authority. */
  updates: (jobs: readonly Job[]) => void;
  /** How far the server's clock is ahead of the client's, in ms. */
  clockOffset: (offsetMs: number) => void;
  status: (source: SourceName, status: SourceStatus, error?: string) => void;
  /** Something went wrong that does not change the source's status. */
  error: (source: SourceName, error: string) => void;
}

/** The part of a store that evidence is written to. */
export interface EvidenceStore {
  getState: () => Pick<
    BackendJobsSlice,
    "applyJobSnapshot" | "applyJobUpdates" | "clearBackendJobs" | "onHintProblem"
  > &
    Pick<ConnectionSlice, "setConnectionStatus" | "noteConnectionError" | "setServerClock">;
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
    Pick<ConnectionSlice, "mirrorConnection">;
  /** Calls on every change, until what it returns is called. */
  subscribe: (listener: () => void) => () => void;
}

/** Creates a sink that hands on to another one until it is closed: nothing late gets through. */
export function createGatedSink(sink: EvidenceSink): { sink: EvidenceSink; close: () => void } {
  let isClosed = false;
  const gate =
    <Args extends readonly unknown[]>(write: (...args: Args) => void) =>
    (...args: Args) => {
      if (!isClosed) write(...args);
    };
  return {
    sink: {
      snapshot: gate(sink.snapshot),
      updates: gate(sink.updates),
      clockOffset: gate(sink.clockOffset),
      status: gate(sink.status),
      error: gate(sink.error),
    },
    close() {
      isClosed = true;
    },
  };
}

/** Creates the sink that writes into a store. */
export function createStoreSink(store: EvidenceStore): EvidenceSink {
  return {
    snapshot: (...evidence) => store.getState().applyJobSnapshot(...evidence),
    updates: (jobs) => store.getState().applyJobUpdates(jobs),
    status: (...change) => store.getState().setConnectionStatus(...change),
    clockOffset: (offsetMs) => store.getState().setServerClock(offsetMs),
    error: (...note) => store.getState().noteConnectionError(...note),
  };
}
