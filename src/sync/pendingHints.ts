import { type JobKey, jobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { Picture } from "./picture.ts";

/** This tab's hints that the leader has not answered yet. */
export interface PendingHints {
  add: (job: Job) => void;
  all: () => Job[];
  keys: () => JobKey[];
  /** The leader has said what is true of the jobs in the picture. */
  settle: (picture: Picture) => void;
  clear: () => void;
}

/**
 * Creates the list of hints without an answer. They are given again to a new leader, and a
 * picture that crossed them on the way does not remove their jobs.
 */
export function createPendingHints(): PendingHints {
  const pending = new Map<JobKey, Job>();
  return {
    add: (job) => void pending.set(jobKey(job), job),
    all: () => [...pending.values()],
    keys: () => [...pending.keys()],
    settle({ active, ended, gone }) {
      if (pending.size === 0) return;
      for (const { key } of [...active, ...ended]) pending.delete(key);
      for (const key of gone) pending.delete(key);
    },
    clear: () => pending.clear(),
  };
}
