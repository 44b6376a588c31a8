import { findActiveStatus, findJobKind, type JobKey } from "../jobs/jobKinds.ts";
import { laterAttention } from "./jobAttention.ts";
import { byEnd, type EndedJob } from "./endedJob.ts";
import type { BackendJob } from "./jobEntries.ts";
import type { EvidenceTarget } from "./jobEvidence.ts";
import { tick } from "./logicalClock.ts";

/** What another tab's store says of its jobs: all of them, or those that have changed. */
export interface MirroredJobs {
  /** Whether jobs that are not listed are gone. */
  readonly isWhole: boolean;
  readonly active: readonly BackendJob[];
  readonly ended: readonly EndedJob[];
  /** Jobs that are no longer active and have not ended. */
  readonly gone: readonly JobKey[];
}

/**
 * Takes over what another tab's store says. That store has weighed the evidence already, so its
 * word is final; only the places are this store's own, since every tab has its own requests
 * between the jobs.
 */
export function applyMirror(target: EvidenceTarget, jobs: MirroredJobs): void {
  for (const key of [...jobs.gone, ...unlisted(target, jobs)]) {
    target.changes.active.remove(key);
    target.touches.markGone(key);
  }
  for (const job of jobs.ended.toSorted(byEnd)) mirrorEnded(target, job);
  for (const job of jobs.active.toSorted(byOrder)) mirrorActive(target, job);
}

const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order;

function unlisted({ changes }: EvidenceTarget, { isWhole, active }: MirroredJobs): JobKey[] {
  if (!isWhole) return [];
  const listed = new Set(active.map(({ key }) => key));
  return changes.active
    .entries()
    .filter(({ key, kind }) => findJobKind(kind) && !listed.has(key))
    .map(({ key }) => key);
}

function mirrorEnded({ changes, touches }: EvidenceTarget, job: EndedJob): void {
  const known = changes.ended.get(job.key);
  const seenActive =
    job.seenActive || known?.seenActive === true || changes.active.get(job.key) !== undefined;
  touches.forget(job.key);
  changes.active.remove(job.key);
  const attention = laterAttention(known?.attention ?? "unread", job.attention);
  const isListedOnly = job.isListedOnly && !seenActive && known?.isListedOnly !== false;
  const order = known?.order ?? tick();
  changes.ended.put({ ...job, seenActive, attention, isListedOnly, order });
}

function mirrorActive({ changes, touches }: EvidenceTarget, job: BackendJob): void {
  const known = changes.active.get(job.key);
  const toFront =
    findActiveStatus(job.kind, job.status)?.movesToFront === true && known?.status !== job.status;
  touches.touch(job.key);
  changes.ended.remove(job.key);
  changes.active.put({ ...job, order: known && !toFront ? known.order : tick() });
}
