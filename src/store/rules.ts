// What is true when sources disagree: the rules of truth 1 to 4, in their order. They say what
// becomes of the entries; the slice writes it.
import type { ActiveJob, FinishedJob, Job, JobKey } from "../jobs/job.ts";
import {
  type BackendJob,
  byEnd,
  type EndedJob,
  laterReadState,
  type ReadState,
  toBackendJob,
  toEndedJob,
} from "./entries.ts";
import { tick, type TouchLog } from "./logicalClock.ts";
import { type JobChanges, maxEndedJobs, maxListedEnds } from "./jobRecords.ts";

/** Where changes are gathered, and when each job was last said to be active. */
export interface RuleTarget {
  readonly changes: JobChanges;
  readonly touches: TouchLog;
}

/** Whether a job that its source says has ended did so since this browser last looked at its kind. */
export type IsNewEnd = (job: FinishedJob) => boolean;

/** A job that has ended, of a kind or registered by hand. */
type Finished = Parameters<typeof toEndedJob>[0];

// Rule 1: for a kind its source is the authority, and a hint is only a hint.

/** Takes an update of the source, which came at `at`: the job is as it says, whatever was known before. */
export function applyUpdate(target: RuleTarget, job: Job, isNewEnd: IsNewEnd, at = tick()): void {
  if (!job.phase) end(target, job, { at, isNew: isNewEnd(job) });
  else if (!isOvertaken(target, job, at)) activate(target, job, at);
}

// Updates are written a frame after they came: a hint may have ended the job or moved it on since.
function isOvertaken({ changes, touches }: RuleTarget, job: ActiveJob, at: number): boolean {
  const ended = changes.ended.get(job.key);
  if (ended) return ended.order > at;
  const current = changes.active.get(job.key);
  const isBack = job.rank < (current?.rank ?? 0) || isToOrFromWaiting(job, current);
  return isBack && touches.wasSaidAfter(job.key, at);
}

/**
 * Takes the answer to the user's own request: it may add a job or move it forward, and never
 * moves one back or revives one that finished.
 */
export function applyHint(target: RuleTarget, job: Job): void {
  const { changes, touches } = target;
  const ended = changes.ended.get(job.key);
  if (ended) {
    // Asked for by the user and over before the answer came: its end is shown all the same.
    changes.ended.put({ ...ended, seenActive: true, isListedOnly: false });
  } else if (job.phase) {
    touches.touch(job.key);
    const current = changes.active.get(job.key);
    if (isForward(job, current) || isToOrFromWaiting(job, current)) activate(target, job);
  } else {
    end(target, job, { isAsked: true });
  }
}

function isForward({ rank }: ActiveJob, current: BackendJob | undefined): boolean {
  return current === undefined || rank > current.rank;
}

// Whether a person is needed comes and goes: neither is a step back.
function isToOrFromWaiting({ rank, phase }: ActiveJob, current: BackendJob | undefined): boolean {
  return rank === current?.rank && (phase === "waiting") !== (current.phase === "waiting");
}

// Rule 2: a snapshot replaces its kind, save what was touched after it was asked for.

/** Replaces a kind by the snapshot that was asked for at `askedAt`. */
export function applySnapshot(
  target: RuleTarget,
  kind: string,
  jobs: readonly Job[],
  askedAt: number,
  isNewEnd: IsNewEnd,
): void {
  const listed = new Set(jobs.map(({ key }) => key));
  const others = target.changes.active.entries().filter((job) => job.kind === kind);
  removeAll(
    target,
    others.flatMap(({ key }) =>
      listed.has(key) || target.touches.isTouchedAfter(key, askedAt) ? [] : key,
    ),
  );
  // A snapshot speaks of the time at which it was asked for, however late it came.
  for (const { job, isNew } of endsWorthKeeping(jobs, target, isNewEnd))
    end(target, job, { at: askedAt, isListed: true, isNew });
  for (const job of activeByStart(jobs)) applyListed(target, job, askedAt);
}

function applyListed(target: RuleTarget, job: ActiveJob, askedAt: number): void {
  const ended = target.changes.ended.get(job.key);
  if (ended && ended.order > askedAt) return;
  const mayBeOld = target.touches.isTouchedAfter(job.key, askedAt);
  if (mayBeOld && !isForward(job, target.changes.active.get(job.key))) return;
  activate(target, job, askedAt);
}

function activeByStart(jobs: readonly Job[]): ActiveJob[] {
  return jobs.filter(isActive).toSorted((a, b) => startOf(a) - startOf(b) || 0);
}

// A server may list thousands of finished jobs. Worth an entry are those that are known here or have
// ended since somebody looked, and of the others the newest.
function endsWorthKeeping(
  jobs: readonly Job[],
  { changes, touches }: RuleTarget,
  isNewEnd: IsNewEnd,
): { job: FinishedJob; isNew: boolean }[] {
  const newestFirst = jobs.filter(isFinished).toSorted((a, b) => endOf(b) - endOf(a));
  const kept = newestFirst.flatMap((job, index) => {
    const { key } = job;
    const isNew = index < maxEndedJobs && isNewEnd(job);
    const isKnown = changes.active.get(key) ?? changes.ended.get(key) ?? touches.hasSeen(key);
    return index < maxListedEnds || isNew || isKnown ? [{ job, isNew }] : [];
  });
  return kept.toReversed();
}

function startOf({ startedAt, createdAt }: Job): number {
  return startedAt ?? createdAt ?? Infinity;
}

function endOf({ finishedAt, createdAt }: Job): number {
  return finishedAt ?? createdAt ?? 0;
}

function isActive(job: Job): job is ActiveJob {
  return job.phase !== undefined;
}

function isFinished(job: Job): job is FinishedJob {
  return job.phase === undefined;
}

function activate({ changes, touches }: RuleTarget, job: ActiveJob, at = tick()): void {
  touches.touch(job.key, at);
  changes.ended.remove(job.key);
  changes.active.put(toBackendJob(job, changes.active.get(job.key)));
}

// Rule 4: gone is not finished, and what finished does not come back through a hint.

/** Removes jobs that are no longer listed: they may come back, and then their end is shown. */
export function removeAll({ changes, touches }: RuleTarget, keys: readonly JobKey[]): void {
  for (const key of keys) {
    if (changes.active.get(key) === undefined) continue;
    changes.active.remove(key);
    touches.markGone(key);
  }
}

/** How the end of a job came to be known. */
interface EndKnowledge {
  /** Whether the user had asked for the job here. */
  readonly isAsked?: boolean;
  /** The logical time of that; of a snapshot, when it was asked for. @default now */
  readonly at?: number;
  /** Whether it was by a snapshot. */
  readonly isListed?: boolean;
  /** Whether it ended since this browser last looked, though nobody here saw it active. */
  readonly isNew?: boolean;
}

/** Takes note that a job has ended. */
export function end(
  { changes, touches }: RuleTarget,
  job: Finished,
  { isAsked = false, at = tick(), isListed = false, isNew = false }: EndKnowledge = {},
): void {
  const active = changes.active.get(job.key);
  const ended = changes.ended.get(job.key);
  // Of one whose end is known already it is known too whether that is to be shown.
  const isNewHere = isNew && ended === undefined;
  const seenActive = isAsked || isNewHere || active !== undefined || touches.hasSeen(job.key);
  touches.forget(job.key);
  changes.active.remove(job.key);
  changes.ended.put(toEndedJob(job, { active, ended, seenActive, at, isListed }));
}

// What another tab, or this one before a reload, has made of all this already.

/** What another tab's store says of the jobs that tabs share: all of them, or what has changed. */
export interface JobPatch {
  /** Whether jobs that are not listed are gone. */
  readonly isWhole: boolean;
  readonly active: readonly BackendJob[];
  readonly ended: readonly EndedJob[];
  /** Jobs that are no longer active and have not ended. */
  readonly gone: readonly JobKey[];
}

/**
 * Takes over what the leader's store says of some kinds. That store has applied the rules already,
 * so the entries are taken as they are; only the places are this store's own, since every tab has its own requests
 * between the jobs.
 */
export function applyPatch(target: RuleTarget, patch: JobPatch, kinds: ReadonlySet<string>): void {
  const listed = new Set(patch.active.map(({ key }) => key));
  const others = target.changes.active.entries().filter(({ kind }) => kinds.has(kind));
  const unlisted = others.filter(({ key }) => patch.isWhole && !listed.has(key));
  removeAll(target, [...patch.gone, ...unlisted.map(({ key }) => key)]);
  for (const job of patch.ended.toSorted(byEnd)) takeEnded(target, job);
  for (const job of patch.active.toSorted((a, b) => a.order - b.order)) takeActive(target, job);
}

function takeEnded({ changes, touches }: RuleTarget, job: EndedJob): void {
  const own = changes.ended.get(job.key);
  const seenActive = job.seenActive || own?.seenActive === true || touches.hasSeen(job.key);
  touches.forget(job.key);
  changes.active.remove(job.key);
  changes.ended.put({
    ...job,
    seenActive,
    readState: laterReadState(own?.readState ?? "unread", job.readState),
    isListedOnly: job.isListedOnly && !seenActive && own?.isListedOnly !== false,
    order: own?.order ?? tick(),
  });
}

function takeActive({ changes, touches }: RuleTarget, job: BackendJob): void {
  const own = changes.active.get(job.key);
  const toFront = job.movesToFront && own?.status !== job.status;
  touches.touch(job.key);
  changes.ended.remove(job.key);
  changes.active.put({ ...job, order: own && !toFront ? own.order : tick() });
}

/**
 * Takes back what was known before this page was loaded. It is older than anything that is known by
 * now, and says nothing of what is active: of the jobs that were, no more than that is remembered.
 */
export function rehydrate(
  { changes, touches }: RuleTarget,
  ended: readonly EndedJob[],
  active: readonly JobKey[],
): void {
  for (const job of ended.toSorted(byEnd)) {
    const isKnown = changes.active.get(job.key) ?? changes.ended.get(job.key);
    if (!isKnown) changes.ended.put({ ...job, order: tick() });
  }
  for (const key of active) if (!touches.hasSeen(key)) touches.markGone(key);
}

/** Notes that the ends of these jobs were read or dismissed. Ones not there are no error. */
export function applyReadState(
  { changes: { ended } }: RuleTarget,
  keys: readonly JobKey[],
  readState: ReadState,
): void {
  for (const key of keys) {
    const job = ended.get(key);
    if (job) ended.put({ ...job, readState: laterReadState(job.readState, readState) });
  }
}
