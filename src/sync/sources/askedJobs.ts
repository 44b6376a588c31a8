import type { ActiveJob, JobKey } from "../../jobs/job.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import type { BackendJob } from "../../store/entries.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";

/** The jobs of some kinds that the user has asked for; they outlive the attempts of a source. */
export interface AskedJobs {
  /** Calls with those that are active still, then with each to come. */
  onAsked: (callback: (job: ActiveJob) => void) => Cancel;
  /** The active jobs of these kinds, whoever asked for them. */
  activeJobs: () => readonly ActiveJob[];
  stop: () => void;
}

/** Begins to note which jobs the user asks for. */
export function createAskedJobs(
  store: Pick<ActivityStore, "getState">,
  { onJobHint }: Pick<ActivityInternals, "onJobHint">,
  kinds: readonly string[],
): AskedJobs {
  const keys = new Set<JobKey>();
  const callbacks = new Set<(job: ActiveJob) => void>();

  function askedAndActive(): ActiveJob[] {
    const { backendJobs } = store.getState();
    for (const key of keys) if (!(key in backendJobs)) keys.delete(key);
    return [...keys].flatMap((key) => backendJobs[key] ?? []).map(toJob);
  }

  const stop = onJobHint(({ key, kind }) => {
    const job = store.getState().backendJobs[key];
    if (!kinds.includes(kind) || job === undefined) return;
    keys.add(key);
    for (const callback of callbacks) callback(toJob(job));
  });

  return {
    onAsked(callback) {
      for (const job of askedAndActive()) callback(job);
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    activeJobs: () =>
      Object.values(store.getState().backendJobs)
        .filter(({ kind }) => kinds.includes(kind))
        .map(toJob),
    stop,
  };
}

// As its kind's parse gives it, so that a source can give it back; a start by the client's clock
// would then pass for the server's.
function toJob({ startedAt, serverTime, ...job }: BackendJob): ActiveJob {
  return { noun: job.kind, ...job, ...(serverTime && { startedAt }) };
}
