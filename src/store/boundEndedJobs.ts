import type { JobChanges } from "./jobChanges.ts";
import type { EndedJob } from "./jobEntries.ts";

/** How many ended jobs of one kind are remembered: as many that were seen active, as many others. */
export const maxEndedJobs = 500;

/**
 * Drops all but the newest ended jobs. Those that were seen active are kept by when this store
 * learned of their end, those known from a list only by the server's time: what is kept of a list
 * is then always the same, and no clock is compared with another one.
 */
export function boundEndedJobs({ ended }: JobChanges): void {
  if (!ended.isChanged()) return;
  const jobs = ended.entries();
  const seen = jobs.filter((job) => job.seenActive);
  const listed = jobs.filter((job) => !job.seenActive);
  const surplus = [
    ...beyondBound(seen.toSorted((a, b) => b.order - a.order)),
    ...beyondBound(listed.toSorted((a, b) => b.endedAt - a.endedAt || b.order - a.order)),
  ];
  for (const { key } of surplus) ended.remove(key);
}

function beyondBound(newestFirst: readonly EndedJob[]): EndedJob[] {
  const counts = new Map<string, number>();
  return newestFirst.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count > maxEndedJobs;
  });
}
