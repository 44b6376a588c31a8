import * as v from "valibot";
import {
  flagSchema,
  idSchema,
  isTime,
  keySchema,
  numberSchema,
  parseAs,
  PayloadError,
  type ReportProblem,
  sentenceSchema,
  shownSchema,
  statusSchema,
} from "./payload.ts";

/** A job's key in the store: its kind and its id, such as `build:42` or `deploy:web-7`. */
export type JobKey = `${string}:${string}`;

/**
 * How an active job moves along: `queued` waits for its turn, `working` will end by itself,
 * `waiting` needs a person, and `steady` is simply on (a running server) until somebody ends it.
 */
export type Phase = (typeof phases)[number];

/** How a job ended; `ended` where nobody knows how. */
export type Outcome = (typeof outcomes)[number];

/** What every job says of itself. Times are epoch ms, by the server's clock. */
interface AnyJob {
  readonly key: JobKey;
  /** The name of its kind. */
  readonly kind: string;
  readonly id: string;
  /** The server's own word for how it stands. */
  readonly status: string;
  /** The kind in one word for a person: "Build". */
  readonly noun: string;
  /** What it is called, fit for display; absent where the server did not say. */
  readonly title?: string;
  /** The id of what it acts upon, as the server has it: for links and look-ups. */
  readonly target?: string;
  /** How it stands, in a word or two for a person. */
  readonly word: string;
  /** Why it failed, fit for display. */
  readonly error?: string;
  /** What it is doing right now, fit for display. */
  readonly message?: string;
  /** How much of it is done, from 0 to 1. */
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
  /** Whether entering its status makes it the latest one again. */
  readonly movesToFront: boolean;
  /** What the indicator says of it. */
  readonly label: string;
  /** Of a job without a title: its label, with {@link titlePlace} where a known title belongs. */
  readonly titledLabel?: string;
}

/** A job that has ended. */
export interface FinishedJob extends AnyJob {
  readonly outcome: Outcome;
  readonly phase?: never;
}

/** A job as its kind has read it: it carries all that anybody needs to know of it. */
export type Job = ActiveJob | FinishedJob;

/** Stands for a title: no text from outside can hold it. */
export const titlePlace = "\u0000";

/** All phases. */
export const phases = ["queued", "working", "waiting", "steady"] as const;
/** All outcomes. */
export const outcomes = ["succeeded", "failed", "stopped", "ended"] as const;

/** The key of a job. */
export function jobKey({ kind, id }: { readonly kind: string; readonly id: string }): JobKey {
  return `${kind}:${id}`;
}

/** The kind of the job that has this key. */
export function kindOf(key: JobKey): string {
  return key.slice(0, key.indexOf(":"));
}

/** Whether a job failed. */
export function hasFailed({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "failed";
}

const aProgress = "a number from 0 to 1";

/** How much of a job is done. */
export const progressSchema = v.pipe(
  v.number(aProgress),
  v.minValue(0, aProgress),
  v.maxValue(1, aProgress),
);
/** How an active job moves along. */
export const phaseSchema = v.picklist(phases, phases.join(", "));
/** How a job ended. */
export const outcomeSchema = v.picklist(outcomes, outcomes.join(", "));

/** What is said of a job by whoever has read it already: a hint, or another tab. */
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
  noun: shownSchema,
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
 * A job that a host or another tab gives as a hint, made anew of the fields that are known, so that
 * nothing else enters the store or travels. A time that is none goes to `report` and costs no more.
 *
 * @throws PayloadError if it is no job as a kind's `parse` gives it
 */
export function parseJob(value: unknown, report: ReportProblem): Job {
  const isActive = typeof value === "object" && value !== null && "phase" in value;
  const { createdAt, startedAt, finishedAt, ...job } = parseAs(
    isActive ? activeSchema : finishedSchema,
    "hint",
    value,
  );
  if (job.key !== jobKey(job)) throw new PayloadError("hint.key", `"${jobKey(job)}"`, job.key);
  return { ...job, ...readTimes(job.kind, { createdAt, startedAt, finishedAt }, report) };
}

type TimeField = "createdAt" | "startedAt" | "finishedAt";

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/;

// How servers say that a time is not set: the epoch, and the first moment of the year 1.
const notSet: ReadonlySet<number> = new Set([0, Date.parse("0001-01-01T00:00:00Z")]);

/** The times of an entry. One that is none costs only itself. */
export function readTimes(
  name: string,
  entry: { readonly [Field in TimeField]?: unknown },
  report: ReportProblem,
): Partial<Record<TimeField, number>> {
  const times: Partial<Record<TimeField, number>> = {};
  for (const field of ["createdAt", "startedAt", "finishedAt"] as const) {
    const value = entry[field];
    if (value === undefined || value === null) continue;
    const time = typeof value === "string" ? readIsoTime(value) : value;
    const expected =
      typeof value === "number" ? "a time in epoch ms, such as Date.now()" : "an ISO 8601 time";
    if (!isTime(time)) report(new PayloadError(`${name}.${field}`, expected, value));
    else if (isSet(time)) times[field] = time;
  }
  return times;
}

/** Whether a time says when something was, and is not what servers send for "not set". */
export function isSet(time: number): boolean {
  return !notSet.has(time);
}

function readIsoTime(value: string): number {
  // Date.parse alone takes almost anything ("7" is a day in 2001), and no zone for the local one.
  if (!isoTime.test(value)) return Number.NaN;
  return Date.parse(zone.test(value) ? value : `${value}Z`);
}
