import { findJobKind } from "../jobs/jobKinds.ts";
import type { ActivityState } from "../store/activityStore.ts";

type Connected = Pick<ActivityState, "connection">;
type OfKind = { readonly kind: string };

/**
 * Whether a job that is there now, and was not before, has begun meanwhile: a source that had not
 * answered yet could not tell what was going on. What is registered by hand is always news.
 */
export function isStartNews(before: Connected, after: Connected, job: OfKind): boolean {
  return isKeptByHand(before, after, job) || isTelling(before, job);
}

/**
 * Whether it is news that a job is there no more: what goes with the session is none.
 */
export function isEndNews(before: Connected, after: Connected, job: OfKind): boolean {
  if (isKeptByHand(before, after, job)) return !hasSessionEnded(before, after);
  return isTelling(after, job);
}

/** Whether the session has ended between the two. */
export function hasSessionEnded(before: Connected, after: Connected): boolean {
  return isOff(after) && !isOff(before);
}

function isOff({ connection }: Connected): boolean {
  return Object.values(connection).every(({ status }) => status === "off");
}

// Of a kind that no source covers, or without any sync.
function isKeptByHand(before: Connected, after: Connected, { kind }: OfKind): boolean {
  return findJobKind(kind) === undefined || (isOff(before) && isOff(after));
}

function isTelling({ connection }: Connected, { kind }: OfKind): boolean {
  const source = findJobKind(kind)?.source;
  const status = source && connection[source].status;
  return status === "live" || status === "lost";
}
