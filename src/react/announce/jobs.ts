import { hasFailed, type JobKey } from "../../jobs/job.ts";
import type { ActivityState } from "../../store/activityStore.ts";
import { type BackendJob, byEnd } from "../../store/entries.ts";
import { summaryOf } from "../../store/jobRecords.ts";
import { sourceOf, sourcesIn } from "../../store/selectors.ts";
import type { IndicatorLabels } from "../labels.ts";

/** How many jobs that were announced as gone are remembered, in case they come back. */
const maxGone = 100;

/** The jobs of which there is nothing to announce: it was done, or was not worth it. */
interface KnownJobs {
  readonly active: Map<JobKey, BackendJob>;
  /** Those whose end is known. */
  readonly ended: Set<JobKey>;
  /** Those that were announced as gone. */
  readonly gone: Set<JobKey>;
}

/** Creates the topic of jobs: that they queue, start, wait for a person, end, vanish, and come back. */
export function createJobTopic(initial: ActivityState) {
  const known: KnownJobs = { active: new Map(), ended: new Set(), gone: new Set() };
  let last = initial;
  rememberAll(known, initial);

  return {
    follow(before: ActivityState, after: ActivityState): void {
      if (isOff(after) && !isOff(before)) forgetSession(known, after);
      if (before.endedJobs === after.endedJobs && hasSameKeys(before, after)) return;
      rememberQuietStarts(known, before, after);
      rememberQuietEnds(known, before, after);
      forgetCleared(known, before, after);
    },
    announce(state: ActivityState, labels: IndicatorLabels): string[] {
      if (hasSameJobs(last, state)) return [];
      last = state;
      const announcements = [
        ...announceEnds(known, state, labels),
        ...announceGone(known, state, labels),
        ...announceStarts(known, state, labels),
      ];
      rememberAll(known, state);
      return announcements;
    },
    isWaiting: () => false,
  };
}

function hasSameJobs(a: ActivityState, b: ActivityState): boolean {
  return a.backendJobs === b.backendJobs && a.endedJobs === b.endedJobs;
}

// A job that comes, or moves to the front, has the highest order from then on: with the same highest
// one and as many as before, none has come and none has gone. So that an event costs the same however
// many jobs there are.
function hasSameKeys(a: ActivityState, b: ActivityState): boolean {
  const [before, after] = [summaryOf(a.backendJobs), summaryOf(b.backendJobs)];
  return before.count === after.count && before.latest?.order === after.latest?.order;
}

function rememberAll({ active, ended }: KnownJobs, state: ActivityState): void {
  active.clear();
  ended.clear();
  for (const job of Object.values(state.backendJobs)) active.set(job.key, job);
  for (const { key, seenActive } of Object.values(state.endedJobs)) if (seenActive) ended.add(key);
}

function forgetSession({ active, gone }: KnownJobs, { backendJobs }: ActivityState): void {
  gone.clear();
  for (const key of active.keys()) if (!(key in backendJobs)) active.delete(key);
}

function rememberQuietStarts(
  { active }: KnownJobs,
  before: ActivityState,
  after: ActivityState,
): void {
  for (const job of Object.values(after.backendJobs)) {
    const isNew = !(job.key in before.backendJobs);
    if (isNew && !hasBegun(before, after, job)) active.set(job.key, job);
  }
}

function rememberQuietEnds(
  { active, ended }: KnownJobs,
  before: ActivityState,
  after: ActivityState,
): void {
  for (const job of Object.values(after.endedJobs)) {
    if (job === before.endedJobs[job.key] || !job.seenActive) continue;
    const wasActive = job.key in before.backendJobs || active.has(job.key);
    if (!wasActive && !hasBegun(before, after, job)) ended.add(job.key);
  }
}

// What goes with the session, or was cleared by a host, is not announced as gone.
function forgetCleared({ active }: KnownJobs, before: ActivityState, after: ActivityState): void {
  for (const job of Object.values(before.backendJobs)) {
    const isGone = !(job.key in after.backendJobs) && !(job.key in after.endedJobs);
    if (isGone && !hasAnswered(after, job)) active.delete(job.key);
  }
}

// Whether a job that is there now, and was not before, has begun meanwhile: a source that had not
// answered yet could not say what was going on. What a host registers by hand always has.
function hasBegun(before: ActivityState, after: ActivityState, job: { readonly kind: string }) {
  const isByHand = !sourceOf(before, job.kind) && !sourceOf(after, job.kind);
  return isByHand || hasAnswered(before, job);
}

function hasAnswered(state: ActivityState, { kind }: { readonly kind: string }): boolean {
  return sourceOf(state, kind)?.hasAnswered === true;
}

function isOff({ connection }: ActivityState): boolean {
  return sourcesIn(connection).length === 0;
}

// Failures first: where not everything is announced, those are.
function announceEnds(
  { ended }: KnownJobs,
  { endedJobs }: ActivityState,
  { title, outcome, saidEnded }: IndicatorLabels,
): string[] {
  return Object.values(endedJobs)
    .filter(({ key, seenActive }) => seenActive && !ended.has(key))
    .toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)) || byEnd(a, b))
    .map((job) => saidEnded(title(job), outcome(job)));
}

function announceGone(
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

function announceStarts(
  { active, gone }: KnownJobs,
  { backendJobs }: ActivityState,
  labels: IndicatorLabels,
): string[] {
  const { title, saidBack } = labels;
  return Object.values(backendJobs).flatMap((job) => {
    // A server that restarts may list a job again that it had lost, and which went on all the time.
    if (gone.delete(job.key)) return [saidBack(title(job))];
    const before = active.get(job.key);
    const was = before && paceOf(before);
    const pace = paceOf(job);
    if (was === pace) return [];
    // It goes on where it was, once somebody has helped: that it began was said.
    if (was === "waiting" && pace === "going") return [];
    return [sayPace[pace](labels)(title(job))];
  });
}

type Pace = "queued" | "waiting" | "going";

function paceOf({ phase }: BackendJob): Pace {
  return phase === "queued" || phase === "waiting" ? phase : "going";
}

const sayPace: Readonly<Record<Pace, (labels: IndicatorLabels) => (what: string) => string>> = {
  queued: ({ saidQueued }) => saidQueued,
  waiting: ({ saidWaiting }) => saidWaiting,
  going: ({ saidStarted }) => saidStarted,
};
