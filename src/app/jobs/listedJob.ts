import { type BackendJob, type EndedJob, phaseOf } from "../../index.ts";
import type { Sign } from "../../react.ts";

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

/** The kind of a job in a word: "Build", "Server". */
export function kindWord(job: ListedJob): string {
  return job.noun ?? job.kind;
}

/** How a job is doing, for its sign and its colour; the words beside it say the same. */
export function signOf(job: ListedJob): Sign {
  return isActive(job) ? phaseOf(job) : job.outcome;
}
