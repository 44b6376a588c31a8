import type { JobKey } from "../jobs/jobKinds.ts";
import type { ActivityState } from "../store/activityStore.ts";
import { byEnd } from "../store/endedJob.ts";
import type { BackendJob } from "../store/jobEntries.ts";
import { hasFailed, isQueued } from "../store/selectors.ts";
import type { Teller } from "./announcer.ts";
import { hasSessionEnded, isEndNews, isStartNews } from "./jobNews.ts";
import type { IndicatorLabels } from "./labels.ts";

/** How many jobs that were said to be gone are remembered, in case they come back. */
const maxGone = 100;

/** Creates what tells that jobs begin to wait, start, end, vanish, and come back. */
export function createJobTeller(initial: ActivityState): Teller {
  const gone = new Set<JobKey>();
  let heard = initial;

  return {
    tell(state, labels) {
      const facts = [
        ...tellEnds(heard, state, labels),
        ...tellGone(heard, state, labels, gone),
        ...tellStarts(heard, state, labels, gone),
      ];
      heard = state;
      return facts;
    },
    isWaiting: () => false,
  };
}

// Failures first: where not all of it is said, those are.
function tellEnds(
  heard: ActivityState,
  state: ActivityState,
  { title, outcome, saidEnded }: IndicatorLabels,
): string[] {
  return Object.values(state.endedJobs)
    .filter(({ key, seenActive }) => seenActive && heard.endedJobs[key]?.seenActive !== true)
    .filter((job) => job.key in heard.backendJobs || isStartNews(heard, state, job))
    .toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)) || byEnd(a, b))
    .map((job) => saidEnded(title(job), outcome(job)));
}

function tellGone(
  heard: ActivityState,
  state: ActivityState,
  { title, saidGone }: IndicatorLabels,
  gone: Set<JobKey>,
): string[] {
  if (hasSessionEnded(heard, state)) gone.clear();
  const vanished = Object.values(heard.backendJobs)
    .filter(({ key }) => !(key in state.backendJobs) && !(key in state.endedJobs))
    .filter((job) => isEndNews(heard, state, job));
  for (const { key } of vanished) gone.add(key);
  for (const key of [...gone].slice(0, -maxGone)) gone.delete(key);
  return vanished.map((job) => saidGone(title(job)));
}

function tellStarts(
  heard: ActivityState,
  state: ActivityState,
  labels: IndicatorLabels,
  gone: Set<JobKey>,
): string[] {
  return Object.values(state.backendJobs).flatMap((job) => {
    // A server that restarts may list a job again that it had lost, and which went on all the time.
    if (gone.delete(job.key)) return [labels.saidBack(labels.title(job))];
    const before = heard.backendJobs[job.key];
    const isNews = before ? isQueued(before) !== isQueued(job) : isStartNews(heard, state, job);
    return isNews ? [saidOf(job, labels)] : [];
  });
}

function saidOf(job: BackendJob, { title, saidQueued, saidStarted }: IndicatorLabels): string {
  return isQueued(job) ? saidQueued(title(job)) : saidStarted(title(job));
}
