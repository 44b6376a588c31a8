import { hasFailed, type JobKey } from "../../jobs/job.ts";
import type { ActivityState } from "../../store/activityStore.ts";
import { type BackendJob, byEnd } from "../../store/entries.ts";
import { isQueued, sourceOf, sourcesIn } from "../../store/selectors.ts";
import type { Teller } from "./announcer.ts";
import type { IndicatorLabels } from "../labels.ts";

/** How many jobs that were said to be gone are remembered, in case they come back. */
const maxGone = 100;

/** What a listener knows of the jobs: what was said, and what is not worth a word. */
interface KnownJobs {
  readonly active: Map<JobKey, BackendJob>;
  /** Those whose end is known. */
  readonly ended: Set<JobKey>;
  /** Those that were said to be gone. */
  readonly gone: Set<JobKey>;
}

/** Creates what tells that jobs begin to wait, start, end, vanish, and come back. */
export function createJobTeller(initial: ActivityState): Teller {
  const known: KnownJobs = { active: new Map(), ended: new Set(), gone: new Set() };
  let told = initial;
  takeAsKnown(known, initial);

  return {
    follow(before, after) {
      if (hasSessionEnded(before, after)) forgetSession(known, after);
      if (isSameJobs(before, after)) return;
      learnStarts(known, before, after);
      learnEnds(known, before, after);
      learnGone(known, before, after);
    },
    tell(state, labels) {
      if (isSameJobs(told, state)) return [];
      told = state;
      const facts = [
        ...tellEnds(known, state, labels),
        ...tellGone(known, state, labels),
        ...tellStarts(known, state, labels),
      ];
      takeAsKnown(known, state);
      return facts;
    },
    isWaiting: () => false,
  };
}

function isSameJobs(a: ActivityState, b: ActivityState): boolean {
  return a.backendJobs === b.backendJobs && a.endedJobs === b.endedJobs;
}

function takeAsKnown({ active, ended }: KnownJobs, state: ActivityState): void {
  active.clear();
  ended.clear();
  for (const job of Object.values(state.backendJobs)) active.set(job.key, job);
  for (const { key, seenActive } of Object.values(state.endedJobs)) if (seenActive) ended.add(key);
}

function forgetSession({ active, gone }: KnownJobs, { backendJobs }: ActivityState): void {
  gone.clear();
  for (const key of active.keys()) if (!(key in backendJobs)) active.delete(key);
}

// What is no news when it happens is known from then on without a word.

function learnStarts({ active }: KnownJobs, before: ActivityState, after: ActivityState): void {
  for (const job of Object.values(after.backendJobs)) {
    const isNew = !(job.key in before.backendJobs);
    if (isNew && !isStartNews(before, after, job)) active.set(job.key, job);
  }
}

function learnEnds(
  { active, ended }: KnownJobs,
  before: ActivityState,
  after: ActivityState,
): void {
  for (const job of Object.values(after.endedJobs)) {
    if (job === before.endedJobs[job.key] || !job.seenActive) continue;
    const wasActive = job.key in before.backendJobs || active.has(job.key);
    if (!wasActive && !isStartNews(before, after, job)) ended.add(job.key);
  }
}

function learnGone({ active }: KnownJobs, before: ActivityState, after: ActivityState): void {
  for (const job of Object.values(before.backendJobs)) {
    const isGone = !(job.key in after.backendJobs) && !(job.key in after.endedJobs);
    if (isGone && !isEndNews(after, job)) active.delete(job.key);
  }
}

// Failures first: where not all of it is said, those are.
function tellEnds(
  { ended }: KnownJobs,
  { endedJobs }: ActivityState,
  { title, outcome, saidEnded }: IndicatorLabels,
): string[] {
  return Object.values(endedJobs)
    .filter(({ key, seenActive }) => seenActive && !ended.has(key))
    .toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)) || byEnd(a, b))
    .map((job) => saidEnded(title(job), outcome(job)));
}

function tellGone(
  { active, gone }: KnownJobs,
  { backendJobs, endedJobs }: ActivityState,
  { title, saidGone }: IndicatorLabels,
): string[] {
  const vanished = [...active.values()].filter(
    ({ key }) => !(key in backendJobs) && !(key in endedJobs),
  );
  for (const { key } of vanished) gone.add(key);
  for (const key of [...gone].slice(0, -maxGone)) gone.delete(key);
  return vanished.map((job) => saidGone(title(job)));
}

function tellStarts(
  { active, gone }: KnownJobs,
  { backendJobs }: ActivityState,
  labels: IndicatorLabels,
): string[] {
  return Object.values(backendJobs).flatMap((job) => {
    // A server that restarts may list a job again that it had lost, and which went on all the time.
    if (gone.delete(job.key)) return [labels.saidBack(labels.title(job))];
    const before = active.get(job.key);
    const isNews = before === undefined || isQueued(before) !== isQueued(job);
    return isNews ? [saidOf(job, labels)] : [];
  });
}

function saidOf(job: BackendJob, { title, saidQueued, saidStarted }: IndicatorLabels): string {
  return isQueued(job) ? saidQueued(title(job)) : saidStarted(title(job));
}

type Connected = Pick<ActivityState, "connection">;
type OfKind = { readonly kind: string };

/**
 * Whether a job that is there now, and was not before, has begun meanwhile: a source that had not
 * answered yet could not tell what was going on. What is registered by hand is always news.
 */
function isStartNews(before: Connected, after: Connected, job: OfKind): boolean {
  const isKeptByHand = !sourceOf(before, job.kind) && !sourceOf(after, job.kind);
  return isKeptByHand || hasAnswered(before, job);
}

/**
 * Whether it is news that a job is there no more and nobody knows how it ended: what goes with the
 * session is none, nor is what a host has cleared.
 */
function isEndNews(after: Connected, job: OfKind): boolean {
  return hasAnswered(after, job);
}

/** Whether the session has ended between the two. */
function hasSessionEnded(before: Connected, after: Connected): boolean {
  return isOff(after) && !isOff(before);
}

function isOff({ connection }: Connected): boolean {
  return sourcesIn(connection).length === 0;
}

function hasAnswered(state: Connected, { kind }: OfKind): boolean {
  return sourceOf(state, kind)?.hasAnswered === true;
}
