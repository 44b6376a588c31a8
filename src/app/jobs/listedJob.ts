import type { BackendJob, EndedJob } from "../../store/entries.ts";

/** A job in a list of the console: one that is active, or one that has ended. */
export type ListedJob = BackendJob | EndedJob;

/** Whether a job is still active. */
export function isActive(job: ListedJob): job is BackendJob {
  return "startedAt" in job;
}

/** When a job began, epoch ms; of one that ended and nobody knows how long it took, its end. */
export function startOf(job: ListedJob): number {
  return isActive(job) ? job.startedAt : job.endedAt - (job.durationMs ?? 0);
}
