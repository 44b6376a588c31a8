import type { Job } from "../../jobs/job.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** For how long updates are gathered, in ms: about one frame of the screen. */
const gatherMs = 16;

/** A job, and the logical time at which that was said of it. */
export type DatedJob = readonly [job: Job, at: number];

/** Gathers a burst of updates, so that it becomes one action and one render. */
export interface UpdateBatch {
  add: (...update: DatedJob) => void;
  /** Applies what has been gathered now. */
  flush: () => void;
  /** Forgets what has been gathered. */
  drop: () => void;
}

/** Creates a batch that hands what it gathered to `apply`, in order. */
export function createUpdateBatch(
  environment: Pick<SyncEnvironment, "after">,
  apply: (updates: readonly DatedJob[]) => void,
): UpdateBatch {
  let updates: DatedJob[] = [];
  let cancel: Cancel | undefined;

  function take(): DatedJob[] {
    cancel?.();
    const taken = updates;
    updates = [];
    return taken;
  }

  function flush(): void {
    const taken = take();
    if (taken.length > 0) apply(taken);
  }

  return {
    add(...update) {
      // A timer, no animation frame: those do not come while the page is hidden.
      if (updates.length === 0) cancel = environment.after(gatherMs, flush);
      updates.push(update);
    },
    flush,
    drop: () => void take(),
  };
}
