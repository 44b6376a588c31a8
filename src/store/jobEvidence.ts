import { findActiveStatus, findOutcome, jobKey, progressOf } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import { maxEndedJobs } from "./boundEndedJobs.ts";
import type { JobChanges } from "./jobChanges.ts";
import { toEndedJob } from "./endedJob.ts";
import { toBackendJob } from "./jobEntries.ts";
import { tick } from "./logicalClock.ts";
import type { TouchLog } from "./touchLog.ts";

/** Where evidence is written to, and what is known of earlier evidence. */
export interface EvidenceTarget {
  readonly changes: JobChanges;
  readonly touches: TouchLog;
}

/** Takes the word of the authority: the job is as it says, whatever was known before. */
export function applyUpdate(target: EvidenceTarget, job: Job, at = tick()): void {
  if (findActiveStatus(job.kind, job.status)) activate(target, job, at);
  else end(target, job, { at });
}

/**
 * Takes the answer to the user's own request: it may add a job or move it forward, and never
 * moves one back or revives one that finished.
 */
export function applyHint(target: EvidenceTarget, job: Job): void {
  const { changes, touches } = target;
  const key = jobKey(job);
  const ended = changes.ended.get(key);
  if (ended) {
    // Asked for by the user and over before the answer came: its end is news all the same.
    changes.ended.put({ ...ended, seenActive: true, isListedOnly: false });
  } else if (findOutcome(job.kind, job.status)) {
    end(target, job, { isAsked: true });
  } else if (findActiveStatus(job.kind, job.status)) {
    touches.touch(key);
    if (isForward(job, changes.active.get(key)?.status)) activate(target, job);
  }
}

/**
 * Replaces a kind by the snapshot that was asked for at `askedAt`, save what has been touched
 * since: what the snapshot says of that may be old.
 */
export function applySnapshot(
  target: EvidenceTarget,
  kind: string,
  jobs: readonly Job[],
  askedAt: number,
): void {
  const { changes, touches } = target;
  const listed = new Set(jobs.map(jobKey));
  for (const { key, kind: jobKind } of changes.active.entries()) {
    if (jobKind !== kind || listed.has(key) || touches.isTouchedAfter(key, askedAt)) continue;
    changes.active.remove(key);
    touches.markGone(key);
  }
  // A snapshot speaks of the time at which it was asked for, however late it came.
  for (const job of recentlyEnded(jobs, target)) end(target, job, { at: askedAt, isListed: true });
  for (const job of activeByStart(jobs)) applyListed(target, job, askedAt);
}

function applyListed(target: EvidenceTarget, job: Job, askedAt: number): void {
  const key = jobKey(job);
  const ended = target.changes.ended.get(key);
  if (ended && ended.order > askedAt) return;
  const current = target.changes.active.get(key);
  const mayBeOld = target.touches.isTouchedAfter(key, askedAt);
  if (mayBeOld && !isForward(job, current?.status)) return;
  activate(target, job, askedAt);
}

function activate({ changes, touches }: EvidenceTarget, job: Job, at = tick()): void {
  const key = jobKey(job);
  touches.touch(key, at);
  changes.ended.remove(key);
  changes.active.put(toBackendJob(job, changes.active.get(key)));
}

/** How the end of a job came to be known. */
interface EndEvidence {
  /** Whether the user had asked for the job here. */
  readonly isAsked?: boolean;
  /** The logical time of the evidence; of a list, when that was asked for. @default now */
  readonly at?: number;
  /** Whether it is a list. */
  readonly isListed?: boolean;
}

function end(
  { changes, touches }: EvidenceTarget,
  job: Job,
  { isAsked = false, at = tick(), isListed = false }: EndEvidence = {},
): void {
  const key = jobKey(job);
  const active = changes.active.get(key);
  const ended = changes.ended.get(key);
  const seenActive = isAsked || active !== undefined || touches.hasSeen(key);
  touches.forget(key);
  changes.active.remove(key);
  changes.ended.put(toEndedJob(job, { active, ended, seenActive, at, isListed }));
}

function isForward(job: Job, currentStatus: string | undefined): boolean {
  if (currentStatus === undefined) return true;
  return progressOf(job.kind, job.status) > progressOf(job.kind, currentStatus);
}

function startOf({ startedAt, createdAt }: Job): number {
  return startedAt ?? createdAt ?? Number.POSITIVE_INFINITY;
}

function endOf({ finishedAt, createdAt }: Job): number {
  return finishedAt ?? createdAt ?? 0;
}

function activeByStart(jobs: readonly Job[]): Job[] {
  return jobs
    .filter((job) => findActiveStatus(job.kind, job.status))
    .toSorted((a, b) => startOf(a) - startOf(b) || 0);
}

// A server may list thousands of finished jobs: only those that can be kept are worth an entry,
// and those that are shown as active.
function recentlyEnded(jobs: readonly Job[], { changes }: EvidenceTarget): Job[] {
  return jobs
    .filter((job) => !findActiveStatus(job.kind, job.status))
    .toSorted((a, b) => endOf(b) - endOf(a))
    .filter((job, index) => index < maxEndedJobs || changes.active.get(jobKey(job)))
    .toReversed();
}
