import { type BackendJob, byEnd } from "./entries.ts";
import { type JobRecords } from "./jobRecords.ts";
import { memoizeByObject } from "./memoizeByObject.ts";
import { isOfThisPage } from "./logicalClock.ts";
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
 * When an action began, client time in epoch ms.
 *
 * Where the server gave the start, it is by the server's clock if `clockOffsetMs` says how far
 * that is ahead of the client's, as `selectClockOffset` does; else it is when this browser first saw
 * the job.
 */
export function beganAt(action: ActiveAction, clockOffsetMs: number | undefined): number {
  if (!("kind" in action) || !action.serverTime) return action.startedAt;
  return clockOffsetMs === undefined ? action.firstSeenAt : action.startedAt - clockOffsetMs;
}

/**
 * How long an action has been going on at `now` (client time, epoch ms), in ms; never negative. For
 * `clockOffsetMs` see {@link beganAt}.
 */
export function elapsedMs(
  action: ActiveAction,
  now: number,
  clockOffsetMs: number | undefined,
): number {
  return Math.max(0, now - beganAt(action, clockOffsetMs));
}

/** From how many ms on a duration is given in minutes. */
const inMinutesMs = 600_000;

/**
 * A duration in ms for the eye: `0:42`, from ten minutes on in minutes, since nobody needs its seconds:
 * `12 min`, `2 h 10 min`; from a day on in days and hours: `14 d 6 h`. `locale` is a BCP 47 tag:
 * in other languages than English the units are theirs, where the browser knows them
 * (`Intl.DurationFormat`).
 */
export function formatElapsed(ms: number, locale = "en"): string {
  if (ms >= inMinutesMs) {
    const units = unitsOf(ms).filter(([unit]) => unit !== "second");
    return formatUnits(units.slice(0, 2), locale);
  }
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A duration in ms for the ear: `2 min 58 s`, `2 h 10 min`. For `locale` see {@link formatElapsed}. */
export function spellElapsed(ms: number, locale = "en"): string {
  return formatUnits(unitsOf(ms).slice(0, 2), locale);
}

/**
 * How long ago something was, in ms, in a few words: `just now`, `3 min ago`, `2 h ago`, `5 d ago`;
 * in other languages than English in theirs (`Intl.RelativeTimeFormat`).
 */
export function formatAgo(ms: number, locale = "en"): string {
  const [unit, value] = unitsOf(Math.max(0, ms))[0] ?? ["second", 0];
  const isNow = unit === "second";
  if (isEnglish(locale)) return isNow ? "just now" : `${value} ${symbols[unit]} ago`;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  return format.format(isNow ? 0 : -value, unit);
}

type Unit = "day" | "hour" | "minute" | "second";

/** The symbols that English shares with the international system of units. */
const symbols: Readonly<Record<Unit, string>> = { day: "d", hour: "h", minute: "min", second: "s" };

const unitMs: Readonly<Record<Unit, number>> = {
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
};

// From the greatest unit that it has on: only the one after it can matter.
function unitsOf(ms: number): (readonly [Unit, number])[] {
  let rest = ms;
  const all = (["day", "hour", "minute", "second"] as const).map((unit) => {
    const value = Math.floor(rest / unitMs[unit]);
    rest -= value * unitMs[unit];
    return [unit, value] as const;
  });
  const first = all.findIndex(([, value]) => value > 0);
  return all.slice(first < 0 ? -1 : first);
}

function formatUnits(units: readonly (readonly [Unit, number])[], locale: string): string {
  const shown = units.filter(([, value], index) => value > 0 || index === 0);
  const intl: object = Intl;
  if (isEnglish(locale) || !knowsDurations(intl))
    return shown.map(([unit, value]) => `${value} ${symbols[unit]}`).join(" ");
  const duration = Object.fromEntries(shown.map(([unit, value]) => [`${unit}s`, value]));
  // By itself it writes nothing at all for 0 s.
  const secondsDisplay = "seconds" in duration ? "always" : "auto";
  return new intl.DurationFormat(locale, { style: "short", secondsDisplay }).format(duration);
}

/** What browsers have known since 2025, and TypeScript's libraries of before do not. */
interface DurationIntl {
  readonly DurationFormat: new (
    locale: string,
    options: { readonly style: "short"; readonly secondsDisplay: "always" | "auto" },
  ) => { format: (duration: Readonly<Record<string, number>>) => string };
}

function knowsDurations(intl: object): intl is DurationIntl {
  return "DurationFormat" in intl && typeof intl.DurationFormat === "function";
}

function isEnglish(locale: string): boolean {
  return /^en\b/i.test(locale);
}

/** A duration in ms as one of ISO 8601, in whole seconds, for `<time dateTime>`: `PT42S`. */
export function isoDuration(ms: number): string {
  return `PT${Math.floor(ms / 1_000)}S`;
}

/**
 * How long a job usually takes, in ms: the median of the last three of its kind and title that ended
 * well; `undefined` where this store knows fewer.
 */
export function selectUsualMs(
  { endedJobs }: Pick<JobRecords, "endedJobs">,
  { kind, title }: Pick<BackendJob, "kind" | "title">,
): number | undefined {
  return title === undefined ? undefined : usualDurations(endedJobs).get(nameOf(kind, title));
}

const usualDurations = memoizeByObject((endedJobs: JobRecords["endedJobs"]) => {
  const byName = new Map<string, number[]>();
  for (const job of Object.values(endedJobs).filter(isOfThisPage).toSorted(byEnd)) {
    const { kind, title, outcome, durationMs } = job;
    if (title === undefined || outcome !== "succeeded" || durationMs === undefined) continue;
    const name = nameOf(kind, title);
    byName.set(name, [...(byName.get(name) ?? []).slice(-2), durationMs]);
  }
  const medians = new Map<string, number>();
  for (const [name, durations] of byName) {
    const [, median] = durations.toSorted((a, b) => a - b);
    if (durations.length === 3 && median !== undefined) medians.set(name, median);
  }
  return medians;
});

function nameOf(kind: string, title: string): string {
  return `${kind} ${title}`;
}

/** Whether something has been going on for more than twice as long as usual. */
export function isLongerThanUsual(ms: number, usualMs: number | undefined): boolean {
  return usualMs !== undefined && ms > 2 * usualMs;
}
