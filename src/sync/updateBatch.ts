import type { Job } from "../jobs/wire.ts";
import type { Cancel, SyncEnvironment } from "./environment.ts";

/** For how long updates are gathered, in ms: about one frame of the screen. */
const gatherMs = 16;

/** Gathers a burst of updates, so that it becomes one action and one render. */
export interface UpdateBatch {
  add: (job: Job) => void;
  /** Applies what has been gathered now. */
  flush: () => void;
  /** Forgets what has been gathered. */
  drop: () => void;
}

/** Creates a batch that hands what it gathered to `apply`, in order. */
export function createUpdateBatch(
  environment: SyncEnvironment,
  apply: (jobs: readonly Job[]) => void,
): UpdateBatch {
  let jobs: Job[] = [];
  let cancel: Cancel | undefined;

  function take(): Job[] {
    cancel?.();
    const taken = jobs;
    jobs = [];
    return taken;
  }

  function flush(): void {
    const taken = take();
    if (taken.length > 0) apply(taken);
  }

  return {
    add(job) {
      // A timer, no animation frame: those do not come while the page is hidden.
      if (jobs.length === 0) cancel = environment.after(gatherMs, flush);
      jobs.push(job);
    },
    flush,
    drop: () => void take(),
  };
}
