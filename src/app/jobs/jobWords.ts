import { findActiveStatus, findJobKind, findOutcome } from "../../jobs/jobKinds.ts";
import { defaultLabels } from "../../react/labels.ts";
import { isActive, type ListedJob } from "./listedJob.ts";

/** How a job is doing, for its sign and its colour; the words beside it say the same. */
export type JobTone = "queued" | "working" | "steady" | "succeeded" | "failed" | "stopped";

/** The kind of a job in a word: "Build", "Server". */
export function kindWord(job: ListedJob): string {
  return findJobKind(job.kind)?.noun ?? job.kind;
}

/** The tone of a job. One whose status is not known is taken as working, or as stopped. */
export function toneOf(job: ListedJob): JobTone {
  return isActive(job)
    ? (findActiveStatus(job.kind, job.status)?.pace ?? "working")
    : (findOutcome(job.kind, job.status) ?? "stopped");
}

/** The status of a job in a word or two, as in the indicator's list. */
export function statusWords(job: ListedJob): string {
  if (isActive(job)) return defaultLabels.status(job);
  return job.status === "" ? "ended" : job.status;
}
