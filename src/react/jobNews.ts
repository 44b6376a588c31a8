import type { ActivityState } from "../store/activityStore.ts";
import { sourceOf, sourcesIn } from "../store/selectors.ts";

type Connected = Pick<ActivityState, "connection">;
type OfKind = { readonly kind: string };

/**
 * Whether a job that is there now, and was not before, has begun meanwhile: a source that had not
 * answered yet could not tell what was going on. What is registered by hand is always news.
 */
export function isStartNews(before: Connected, after: Connected, job: OfKind): boolean {
  const isKeptByHand = !sourceOf(before, job.kind) && !sourceOf(after, job.kind);
  return isKeptByHand || hasAnswered(before, job);
}

/**
 * Whether it is news that a job is there no more and nobody knows how it ended: what goes with the
 * session is none, nor is what a host has cleared.
 */
export function isEndNews(after: Connected, job: OfKind): boolean {
  return hasAnswered(after, job);
}

/** Whether the session has ended between the two. */
export function hasSessionEnded(before: Connected, after: Connected): boolean {
  return isOff(after) && !isOff(before);
}

function isOff({ connection }: Connected): boolean {
  return sourcesIn(connection).length === 0;
}

function hasAnswered(state: Connected, { kind }: OfKind): boolean {
  return sourceOf(state, kind)?.hasAnswered === true;
}
