import type { Job } from "../../jobs/job.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";

/** For how long updates are gathered, in ms: about one frame of the screen. */
const gatherMs = 16;

/** Gathers a burst of updates, so that it becomes one action and one render. */
export interface UpdateBatch {
  /** Adds a job, and the logical time at which its update came. */
  add: (job: Job, at: number) => void;
  /** Applies now what has been gathered. */
  flush: () => void;
  /** Forgets what has been gathered. */
  drop: () => void;
}

/** Creates a batch that hands to `apply` what it gathered, in the order in which it came. */
export function createUpdateBatch(
  environment: Pick<SyncEnvironment, "after">,
  apply: (jobs: readonly Job[], at: readonly number[]) => void,
): UpdateBatch {
  let jobs: Job[] = [];
  let times: number[] = [];
  let cancel: Cancel | undefined;

  function drop(): void {
    cancel?.();
    jobs = [];
    times = [];
  }

  function flush(): void {
    const [gathered, at] = [jobs, times];
    drop();
    if (gathered.length > 0) apply(gathered, at);
  }

  return {
    add(job, at) {
      // Not an animation frame: the browser gives none while the page is hidden.
      if (jobs.length === 0) cancel = environment.after(gatherMs, flush);
      jobs.push(job);
      times.push(at);
    },
    flush,
    drop,
  };
}
