import type { JobChanges } from "./jobChanges.ts";
import type { EndedJob } from "./endedJob.ts";

/** How many ended jobs of one kind are remembered: as many that are only listed, as many others. */
export const maxEndedJobs = 500;

/**
 * Drops all but the newest ended jobs. Those known from a list only are kept by the
 * server's time, so that what is kept of a list is always the same; the others by when this store
 * learned of their end. No clock is compared with another one.
 */
export function boundEndedJobs({ ended }: JobChanges): void {
  if (!ended.isChanged()) return;
  const jobs = ended.entries();
  const listed = jobs.filter((job) => job.isListedOnly);
  const others = jobs.filter((job) => !job.isListedOnly);
  const surplus = [
    ...beyondBound(others.toSorted((a, b) => b.order - a.order)),
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
