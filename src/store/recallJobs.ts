import type { JobKey } from "../jobs/jobKinds.ts";
import { byEnd, type EndedJob } from "./endedJob.ts";
import type { EvidenceTarget } from "./jobEvidence.ts";
import { tick } from "./logicalClock.ts";

/**
 * Takes back what was known before. It is older than anything that is known by now, and no evidence
 * of what is active: of the jobs that were, no more than that is remembered.
 */
export function applyMemory(
  { changes, touches }: EvidenceTarget,
  ended: readonly EndedJob[],
  active: readonly JobKey[],
): void {
  for (const job of ended.toSorted(byEnd)) {
    const isKnown = changes.active.get(job.key) ?? changes.ended.get(job.key);
    if (!isKnown) changes.ended.put({ ...job, order: tick() });
  }
  for (const key of active) if (!touches.hasSeen(key)) touches.markGone(key);
}
