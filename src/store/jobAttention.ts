import type { JobKey } from "../jobs/jobKinds.ts";
import type { JobChanges } from "./jobChanges.ts";
import type { Attention } from "./endedJob.ts";

const steps: readonly Attention[] = ["unread", "read", "dismissed"];

/** The one of two that is further along: what was looked at in one tab is so in all. */
export function laterAttention(a: Attention, b: Attention): Attention {
  return steps.indexOf(a) >= steps.indexOf(b) ? a : b;
}

/** Notes that the news of these ended jobs were read or dismissed. Ones not there are no error. */
export function applyAttention(
  { ended }: JobChanges,
  keys: readonly JobKey[],
  attention: Attention,
): void {
  for (const key of keys) {
    const job = ended.get(key);
    if (job) ended.put({ ...job, attention: laterAttention(job.attention, attention) });
  }
}
