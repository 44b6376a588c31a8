import * as v from "valibot";

/** How long a text from outside may be where a person reads it, in UTF-16 units. */
export const maxDisplayLength = 200;

// Control characters break lines; bidirectional ones can make a text read as another one
// (Unicode UAX #9, and CVE-2021-42574).
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

// What nearly every text is: nothing needs to be done to it.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

// Half of a surrogate pair, left over where a text was cut or broken from the start.
const halfCharacter = /\p{Cs}/gu;

/**
 * A text from outside, made fit for a label: control and bidirectional characters become one
 * space, and what is longer than `maxLength` ends in an ellipsis.
 */
export function displayText(text: string, maxLength = maxDisplayLength): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  // Cut first, so that a megabyte costs no more than a line.
  const line = text
    .slice(0, maxLength * 2)
    .replace(unsafe, " ")
    .replace(halfCharacter, "")
    .trim();
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(halfCharacter, "")}…`;
}

/** How much of a wrong value is quoted in the message. */
const maxQuoteLength = 60;

function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(displayText(value.slice(0, maxQuoteLength)));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * Something that came from outside does not have the shape it must have. The message names the
 * field, what was expected and what came: `build.status: expected a string, got 7`.
 */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  /** The problem without the value that showed it: equal for every occurrence of one cause. */
  readonly problem: string;

  constructor(field: string, expected: string, got: unknown, options?: ErrorOptions) {
    super(`${field}: expected ${expected}, got ${quote(got)}`, options);
    this.problem = `${field}: expected ${expected}`;
  }
}

/** Called with each thing that is wrong with what came, while the rest of it is still used. */
export type ReportProblem = (problem: PayloadError) => void;

// What may be said of a job, field by field: one check for what the server sends, for hints, for
// what other tabs say and for what was remembered, so that nothing enters by one door that another
// one refuses.

/** The key of a job must stay cheap to copy and to compare. */
const maxIdLength = 1_024;

/** The furthest moment from the epoch that a `Date` can hold, in ms (ECMA-262, Time Values). */
const maxTimeMs = 8.64e15;

const wholeKey = new RegExp(`^[^:]{1,${maxIdLength}}:.{1,${maxIdLength}}$`, "s");

/** An id: an opaque string. */
export const idSchema = v.pipe(
  v.string("a string"),
  v.nonEmpty("a string that is not empty"),
  v.maxLength(maxIdLength, `at most ${maxIdLength} characters`),
);

/** A job's status: a word that can be shown as it is. */
export const statusSchema = v.pipe(
  v.string("a string"),
  v.nonEmpty("a string that is not empty"),
  v.check(
    (text) => displayText(text) === text,
    `one line of at most ${maxDisplayLength} characters`,
  ),
);

/** A text that is shown, made fit for it. */
export const shownSchema = v.pipe(
  v.string("a string"),
  v.transform((text) => displayText(text)),
);

/** A sentence that is shown: a label, or what went wrong. It may hold a text of full length. */
export const sentenceSchema = v.pipe(
  v.string("a string"),
  v.transform((text) => displayText(text, 2 * maxDisplayLength)),
);

/** An order, or an amount of milliseconds. */
export const numberSchema = v.pipe(v.number("a number"), v.finite("a number that is finite"));

/** A yes or no. */
export const flagSchema = v.boolean("true or false");

/** A time in epoch ms that a `Date` can hold. */
export const timeSchema = v.custom<number>(isTime, "a time in epoch ms, such as Date.now()");

/** A job's key. */
export const keySchema = v.custom<`${string}:${string}`>(
  (value) => typeof value === "string" && wholeKey.test(value),
  'a key "<kind>:<id>", such as "build:42"',
);

/** A list whose entries are looked at one by one, each on its own. */
export const aList = v.array(v.unknown(), "an array");

/** Whether it is a time in epoch ms that a `Date` can hold. */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= maxTimeMs;
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

/** The value of a JSON text. @throws PayloadError if it is none */
export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PayloadError(what, "JSON", text, { cause });
  }
}

/**
 * What a host's own `read` gives; what it throws is a problem of that one field, and no more.
 *
 * @throws PayloadError in any case
 */
export function readBy<T>(field: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof PayloadError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PayloadError(field, expected, why, { cause });
  }
}

/** The value that `parse` gives, or `undefined` after its PayloadError went to `report`. */
export function reporting<T>(parse: () => T, report: ReportProblem): T | undefined {
  try {
    return parse();
  } catch (problem) {
    if (!(problem instanceof PayloadError)) throw problem;
    report(problem);
    return undefined;
  }
}

/** What `parse` gives for each entry of a list. One that it refuses costs only itself. */
export function parseEach<T>(
  list: readonly unknown[],
  parse: (value: unknown) => T,
  report: ReportProblem,
): T[] {
  const parsed: T[] = [];
  for (const value of list) reporting(() => parsed.push(parse(value)), report);
  return parsed;
}

function toPayloadError(what: string, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  if (path === null) return new PayloadError(what, issue.message, issue.input);
  // An object complains of a missing field in its own name.
  const expected = issue.type === "object" ? "a value" : issue.message;
  return new PayloadError(`${what}.${path}`, expected, issue.input);
}
