import type { Sign } from "../../react/chip/StateSign.tsx";
import { phaseOf } from "../../store/selectors.ts";
import { isActive, type ListedJob } from "./listedJob.ts";

/** The kind of a job in a word: "Build", "Server". */
export function kindWord(job: ListedJob): string {
  return job.noun ?? job.kind;
}

/** How a job is doing, for its sign and its colour; the words beside it say the same. */
export function signOf(job: ListedJob): Sign {
  return isActive(job) ? phaseOf(job) : job.outcome;
}

/** The status of a job in a word or two, as in the indicator's list. */
export function statusWords(job: ListedJob): string {
  return job.word;
}
