// What may be said of a job, field by field: one check for what the server sends, for hints, for
// what other tabs say and for what was remembered, so that nothing enters by one door that another
// one refuses.
import * as v from "valibot";
import { displayText, isDisplayText, maxDisplayLength } from "./displayText.ts";
import type { JobKey } from "./jobKinds.ts";
import { PayloadError } from "./PayloadError.ts";

/** The key of a job must stay cheap to copy and to compare. */
const maxIdLength = 1_024;

/** The furthest moment from the epoch that a `Date` can hold, in ms (ECMA-262, Time Values). */
const maxTimeMs = 8.64e15;

// How servers say that a time is not set: the epoch, and the first moment of the year 1.
const notSet: ReadonlySet<number> = new Set([0, Date.parse("0001-01-01T00:00:00Z")]);

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/;

const wholeKey = new RegExp(`^[^:]{1,${maxIdLength}}:.{1,${maxIdLength}}$`, "s");

/** The id of a job: an opaque string. */
export const idSchema = v.pipe(
  v.string("a string"),
  v.nonEmpty("a string that is not empty"),
  v.maxLength(maxIdLength, `at most ${maxIdLength} characters`),
);

/** A job's status: a word that can be shown as it is, known to this version or not. */
export const statusSchema = v.pipe(
  v.string("a string"),
  v.nonEmpty("a string that is not empty"),
  v.check(isDisplayText, `one line of at most ${maxDisplayLength} characters`),
);

/** A text that is shown, made fit for it. */
export const shownSchema = v.pipe(v.string("a string"), v.transform(displayText));

/** A time in epoch ms that a `Date` can hold. */
export const timeSchema = v.custom<number>(isTime, "a time in epoch ms, such as Date.now()");

/** A job's key. */
export const keySchema = v.custom<JobKey>(
  (value) => typeof value === "string" && wholeKey.test(value),
  'a key "<kind>:<id>", such as "build:42"',
);

/** What a job's key is made of. */
export function splitKey(key: JobKey): { kind: string; id: string } {
  const colon = key.indexOf(":");
  return { kind: key.slice(0, colon), id: key.slice(colon + 1) };
}

/** Whether it is a time in epoch ms that a `Date` can hold. */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= maxTimeMs;
}

/** Whether a time says when something was, and is not what servers send for "not set". */
export function isSet(time: number): boolean {
  return !notSet.has(time);
}

/** An ISO 8601 time in epoch ms; one without a zone is UTC. `NaN` if it is none. */
export function readIsoTime(value: unknown): number {
  // Date.parse alone takes almost anything ("7" is a day in 2001), and no zone for the local one.
  if (typeof value !== "string" || !isoTime.test(value)) return Number.NaN;
  return Date.parse(zone.test(value) ? value : `${value}Z`);
}

/** The value of a schema. @throws PayloadError for the first thing that does not fit it */
export function parseAs<Schema extends v.GenericSchema>(
  schema: Schema,
  what: string,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw toPayloadError(what, parsed.issues[0]);
  return parsed.output;
}

function toPayloadError(what: string, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  if (path === null) return new PayloadError(what, issue.message, issue.input);
  // An object complains of a missing field in its own name.
  const expected = issue.type === "object" ? "a value" : issue.message;
  return new PayloadError(`${what}.${path}`, expected, issue.input);
}
