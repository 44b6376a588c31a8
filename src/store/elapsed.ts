import type { ActiveAction } from "./selectors.ts";

/**
 * How long a source may be lost before that is shown or announced, in ms: a connection that is
 * back at once is nobody's concern.
 */
export const lostGraceMs = 5_000;

/**
 * Whether something that began at `since` has lasted for `ms` at `now`, all in client time. Of a clock
 * that was set back nobody knows, and then it has: better early than an hour late.
 */
export function hasLasted(since: number, now: number, ms: number): boolean {
  return now - since >= ms || now < since;
}

/**
 * How long an action has been going on at `now` (client time, epoch ms), in ms; never negative.
 *
 * Where the server gave the start, it is by the server's clock if `clockOffsetMs` says how far
 * that is ahead of the client's, as `selectClockOffset` does; else since this browser first saw the
 * job.
 */
export function elapsedMs(
  action: ActiveAction,
  now: number,
  clockOffsetMs: number | undefined,
): number {
  if (!("kind" in action) || !action.serverTime) return Math.max(0, now - action.startedAt);
  if (clockOffsetMs === undefined) return Math.max(0, now - action.firstSeenAt);
  return Math.max(0, now + clockOffsetMs - action.startedAt);
}

/**
 * A duration in ms as a clock shows it: `0:42`, `12:05`, `2:10:07`. From a day on in days and hours, since
 * nobody reads 342 hours: `14 d 6 h`.
 */
export function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return formatDays(hours);
  const tail = padded(seconds % 60);
  return hours > 0 ? `${hours}:${padded(minutes % 60)}:${tail}` : `${minutes}:${tail}`;
}

function formatDays(hours: number): string {
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} d${rest > 0 ? ` ${rest} h` : ""}`;
}

function padded(value: number): string {
  return String(value).padStart(2, "0");
}

/** A duration in ms as one of ISO 8601, in whole seconds, for `<time dateTime>`: `PT42S`. */
export function isoDuration(ms: number): string {
  return `PT${Math.floor(ms / 1_000)}S`;
}
