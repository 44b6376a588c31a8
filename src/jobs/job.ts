import * as v from "valibot";
import {
  flagSchema,
  idSchema,
  isTime,
  keySchema,
  numberSchema,
  parseAs,
  PayloadError,
  progressSchema,
  type ReportProblem,
  sentenceSchema,
  shownSchema,
  shownText,
  statusSchema,
} from "./payload.ts";

/** A job's key in the store: its kind and its id, such as `build:42` or `deploy:web-7`. */
export type JobKey = `${string}:${string}`;

/**
 * The phase of an active job: `queued` waits for its turn, `working` will end by itself, `waiting`
 * needs a person, and `steady` (a running server) is on until somebody ends it.
 */
export type Phase = (typeof phases)[number];

/** How a job ended; `ended` where nobody knows how. */
export type Outcome = (typeof outcomes)[number];

/** The fields of every job. Times are epoch ms, by the server's clock. */
interface AnyJob {
  readonly key: JobKey;
  /** The name of its kind. */
  readonly kind: string;
  readonly id: string;
  /** The status as the server names it. */
  readonly status: string;
  /** The kind for a person: "Build". */
  readonly noun: string;
  /** The job's name, fit for display; absent where the server gave none. */
  readonly title?: string;
  /** The id of what the job acts upon, as the server has it: for links and look-ups. */
  readonly target?: string;
  /** The status for a person, in one or two words. */
  readonly word: string;
  /** Why it failed, fit for display. */
  readonly error?: string;
  /** What the job is doing right now, fit for display. */
  readonly message?: string;
  /** How much of the job is done, from 0 to 1. */
  readonly progress?: number;
  readonly createdAt?: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

/** A job that is active on the backend. */
export interface ActiveJob extends AnyJob {
  readonly phase: Phase;
  readonly outcome?: never;
  /** How far along its status is, from 0: a hint never moves a job to a lower one. */
  readonly rank: number;
  /** Whether a job that enters this status becomes the latest one again. */
  readonly movesToFront: boolean;
  /** What the indicator shows. */
  readonly label: string;
  /**
   * Only of a job without a title: its label with U+0000 in the title's stead. The store may know
   * the title from an earlier message and then puts it there.
   */
  readonly titledLabel?: string;
}

/** A job that has ended. */
export interface FinishedJob extends AnyJob {
  readonly outcome: Outcome;
  readonly phase?: never;
}

/** A job as the `parse` of its kind gives it. Store, tabs and indicator need no more than this. */
export type Job = ActiveJob | FinishedJob;

/** Stands for a title in a label. {@link displayText} removes it from every text from outside. */
export const titlePlace = "\u0000";

/** All phases. */
export const phases = ["queued", "working", "waiting", "steady"] as const;
/** All outcomes. */
export const outcomes = ["succeeded", "failed", "stopped", "ended"] as const;

/** The key of a job: `<kind>:<id>`. */
export function jobKey({ kind, id }: { readonly kind: string; readonly id: string }): JobKey {
  return `${kind}:${id}`;
}

/** What a key must be that stands beside its kind and id. */
export const ownKey = 'the key "<kind>:<id>" of its kind and id';

/** The name of the kind of the job that has this key. */
export function kindOf(key: JobKey): string {
  return key.slice(0, key.indexOf(":"));
}

/** Whether a job failed. */
export function hasFailed({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "failed";
}

/** One of {@link phases}. */
export const phaseSchema = v.picklist(phases, phases.join(", "));
/** One of {@link outcomes}. */
export const outcomeSchema = v.picklist(outcomes, outcomes.join(", "));

/** The fields that a job in a hint and a job from another tab's store have in common. */
export const sharedFields = {
  key: keySchema,
  kind: v.string("a string"),
  id: idSchema,
  title: v.exactOptional(shownSchema),
  target: v.exactOptional(idSchema),
  word: shownSchema,
  message: v.exactOptional(shownSchema),
  progress: v.exactOptional(progressSchema),
};

const jobFields = {
  ...sharedFields,
  status: statusSchema,
  noun: shownText,
  error: v.exactOptional(shownSchema),
  createdAt: v.optional(v.unknown()),
  startedAt: v.optional(v.unknown()),
  finishedAt: v.optional(v.unknown()),
};
const activeSchema = v.object(
  {
    ...jobFields,
    phase: phaseSchema,
    rank: numberSchema,
    movesToFront: flagSchema,
    label: sentenceSchema,
    titledLabel: v.exactOptional(v.string("a string")),
  },
  "an object",
);
const finishedSchema = v.object({ ...jobFields, outcome: outcomeSchema }, "an object");

/**
 * Checks a job that a host or another tab gives as a hint. The result holds the known fields only,
 * so that nothing else enters the store or another tab. A time that is none goes to `report` and is
 * left out.
 *
 * @throws PayloadError if the value is no job as a kind's `parse` gives it
 */
export function parseJob(value: unknown, report: ReportProblem): Job {
  const isActive = typeof value === "object" && value !== null && "phase" in value;
  const { createdAt, startedAt, finishedAt, ...job } = parseAs(
    isActive ? activeSchema : finishedSchema,
    "hint",
    value,
  );
  if (job.key !== jobKey(job)) throw new PayloadError("hint.key", ownKey, job.key);
  const timed: typeof job & { [Field in TimeField]?: number } = { ...job };
  // Nothing of it can be shown: other tabs would refuse the whole job for it.
  for (const field of ["title", "error"] as const) if (timed[field] === "") delete timed[field];
  readTimes({ createdAt, startedAt, finishedAt }, timed, report);
  return timed;
}

const timeFields = ["createdAt", "startedAt", "finishedAt"] as const;
type TimeField = (typeof timeFields)[number];

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/;

// Servers send these for a time that is not set: the zero of Unix, and that of Go and .NET.
const notSet: ReadonlySet<number> = new Set([0, Date.parse("0001-01-01T00:00:00Z")]);

/** Adds the times of an entry to a job. One that is none goes to `report` and is left out. */
export function readTimes(
  entry: { readonly [Field in TimeField]?: unknown },
  job: { readonly kind: string } & { [Field in TimeField]?: number },
  report: ReportProblem,
): void {
  for (const field of timeFields) {
    const value = entry[field];
    if (value === undefined || value === null) continue;
    const time = typeof value === "string" ? readIsoTime(value) : value;
    const expected =
      typeof value === "number" ? "a time in epoch ms, such as Date.now()" : "an ISO 8601 time";
    if (!isTime(time)) report(new PayloadError(`${job.kind}.${field}`, expected, value));
    else if (isSet(time)) job[field] = time;
  }
}

/** Whether a time is set: it is none of those that servers send for "not set". */
export function isSet(time: number): boolean {
  return !notSet.has(time);
}

function readIsoTime(value: string): number {
  // Date.parse alone takes almost anything ("7" is a day in 2001), and reads a time without a zone as
  // local time.
  if (!isoTime.test(value)) return Number.NaN;
  return Date.parse(zone.test(value) ? value : `${value}Z`);
}
