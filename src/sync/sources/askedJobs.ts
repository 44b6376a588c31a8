import type { JobKey } from "../../jobs/job.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import type { BackendJob } from "../../store/entries.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";

/** The jobs of some kinds that the user has asked for; they outlive the attempts of a source. */
export interface AskedJobs {
  /** Calls with those that are active still, then with each to come. */
  onAsked: (callback: (job: BackendJob) => void) => Cancel;
  /** The active jobs of these kinds, whoever asked for them. */
  activeJobs: () => readonly BackendJob[];
  stop: () => void;
}

/** Begins to note which jobs the user asks for. */
export function createAskedJobs(
  store: Pick<ActivityStore, "getState">,
  { onJobHint }: Pick<ActivityInternals, "onJobHint">,
  kinds: readonly string[],
): AskedJobs {
  const keys = new Set<JobKey>();
  const callbacks = new Set<(job: BackendJob) => void>();

  function askedAndActive(): BackendJob[] {
    const { backendJobs } = store.getState();
    for (const key of keys) if (!(key in backendJobs)) keys.delete(key);
    return [...keys].flatMap((key) => backendJobs[key] ?? []);
  }

  const stop = onJobHint(({ key, kind }) => {
    const job = store.getState().backendJobs[key];
    if (!kinds.includes(kind) || job === undefined) return;
    keys.add(key);
    for (const callback of callbacks) callback(job);
  });

  return {
    onAsked(callback) {
      for (const job of askedAndActive()) callback(job);
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    activeJobs: () =>
      Object.values(store.getState().backendJobs).filter(({ kind }) => kinds.includes(kind)),
    stop,
  };
}
