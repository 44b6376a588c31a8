import { type BackendJob, phaseOf } from "../../index.ts";
import type { Sign, StoredJob } from "../../react.ts";

/** Whether a job is still active. */
export function isActive(job: StoredJob): job is BackendJob {
  return "startedAt" in job;
}

/** When a job began, epoch ms; of one that ended and nobody knows how long it took, its end. */
export function startOf(job: StoredJob): number {
  return isActive(job) ? job.startedAt : job.endedAt - (job.durationMs ?? 0);
}

/** The kind of a job in a word: "Build", "Server". */
export function kindWord(job: StoredJob): string {
  return job.noun ?? job.kind;
}

/** How a job is doing, for its sign and its colour; the words beside it say the same. */
export function signOf(job: StoredJob): Sign {
  return isActive(job) ? phaseOf(job) : job.outcome;
}
