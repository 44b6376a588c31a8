import { findJobKind, findOutcome } from "../../jobs/jobKinds.ts";
import { defaultLabels } from "../../react/labels.ts";
import type { Sign } from "../../react/StateSign.tsx";
import { paceOf } from "../../store/selectors.ts";
import { isActive, type ListedJob } from "./listedJob.ts";

/** The kind of a job in a word: "Build", "Server". */
export function kindWord(job: ListedJob): string {
  return findJobKind(job.kind)?.noun ?? job.kind;
}

/** How a job is doing, for its sign and its colour; the words beside it say the same. */
export function signOf(job: ListedJob): Sign {
  return isActive(job) ? paceOf(job) : (findOutcome(job.kind, job.status) ?? "ended");
}

/** The status of a job in a word or two, as in the indicator's list. */
export function statusWords(job: ListedJob): string {
  if (isActive(job)) return defaultLabels.status(job);
  return job.status === "" ? "ended" : job.status;
}
