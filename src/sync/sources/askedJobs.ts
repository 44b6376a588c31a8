import { type JobKey, jobKey, type JobKindName } from "../../jobs/jobKinds.ts";
import type { BackendJobsSlice } from "../../store/backendJobs.ts";
import type { BackendJob } from "../../store/jobEntries.ts";
import type { Cancel } from "../environment.ts";

/** The part of a store that knows what was asked for. */
export interface AskedStore {
  getState: () => Pick<BackendJobsSlice, "backendJobs" | "onJobHint">;
}

/** The jobs of some kinds that the user has asked for here; they outlive the attempts of a source. */
export interface AskedJobs {
  /** Calls with those that are active still, then with each to come. */
  onAsked: (callback: (key: JobKey) => void) => Cancel;
  /** The active jobs of these kinds, whoever asked for them. */
  activeJobs: () => readonly BackendJob[];
  stop: () => void;
}

/** Begins to note which jobs the user asks for. */
export function createAskedJobs(store: AskedStore, kinds: readonly JobKindName[]): AskedJobs {
  const keys = new Set<JobKey>();
  const callbacks = new Set<(key: JobKey) => void>();
  const isOurs = ({ kind }: { readonly kind: string }) => kinds.some((name) => name === kind);
  const isActive = (key: JobKey) => key in store.getState().backendJobs;

  const stop = store.getState().onJobHint((job) => {
    if (!isOurs(job)) return;
    const key = jobKey(job);
    keys.add(key);
    forgetEnded();
    for (const callback of callbacks) callback(key);
  });

  function forgetEnded(): void {
    for (const key of keys) if (!isActive(key)) keys.delete(key);
  }

  return {
    onAsked(callback) {
      forgetEnded();
      for (const key of keys) callback(key);
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    activeJobs: () => Object.values(store.getState().backendJobs).filter(isOurs),
    stop,
  };
}
