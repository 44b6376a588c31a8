import * as v from "valibot";

/** The most that is shown of a text from outside, in UTF-16 units. */
export const maxDisplayLength = 200;

// Control characters break lines; bidirectional ones can make one text look like another (Unicode
// UAX #9, and CVE-2021-42574).
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

// Printable ASCII without spaces around it, as most texts are: it can be shown as it is.
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

// Half of a surrogate pair: the text was cut between the halves, or came broken.
const halfCharacter = /\p{Cs}/gu;

/**
 * Makes a text from outside fit for display in one line: each stretch of control and bidirectional
 * characters becomes a space, spaces around the text go, and a text of more than `maxLength` UTF-16
 * units is cut and ends in an ellipsis.
 */
export function displayText(text: string, maxLength = maxDisplayLength): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  // Cut before the cleaning, so that a megabyte costs no more than a line.
  const line = text
    .slice(0, maxLength * 2)
    .replace(unsafe, " ")
    .replace(halfCharacter, "")
    .trim();
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(halfCharacter, "")}…`;
}

/** The most of a wrong value that a message quotes, in UTF-16 units. */
const maxQuoteLength = 60;

function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(displayText(value.slice(0, maxQuoteLength)));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * Says that something from outside does not have the shape that it must have. The message names the
 * field, what was expected and what came: `build.status: expected a string, got 7`.
 */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  /** The message without the value that came, so that it is the same for all errors of one cause. */
  readonly problem: string;

  constructor(field: string, expected: string, got: unknown, options?: ErrorOptions) {
    super(`${field}: expected ${expected}, got ${quote(got)}`, options);
    this.problem = `${field}: expected ${expected}`;
  }
}

/** Is called with each part of an input that is wrong, while the rest of the input is used. */
export type ReportProblem = (problem: PayloadError) => void;

// The checks of a job's fields. The server's entries, hints, other tabs and the storage are all
// checked by these, so that none of them brings in what another one would refuse.

// Keys must stay cheap to copy and to compare.
const maxIdLength = 1_024;

/** The furthest moment from the epoch that a `Date` can hold, in ms (ECMA-262, Time Values). */
const maxTimeMs = 8.64e15;

const wholeKey = new RegExp(`^[^:]{1,${maxIdLength}}:.{1,${maxIdLength}}$`, "s");

/** What a value must be and is not; `undefined` where there is nothing wrong with it. */
type FlawOf = (value: unknown) => string | undefined;

/** What is wrong with an id, which is an opaque string. */
const idFlaw: FlawOf = (value) => {
  if (typeof value !== "string") return "a string";
  if (value === "") return "a string that is not empty";
  return value.length > maxIdLength ? `at most ${maxIdLength} characters` : undefined;
};

/** What is wrong with a status, which is one line that can be shown as it is. */
const statusFlaw: FlawOf = (value) => {
  if (typeof value !== "string") return "a string";
  if (value === "") return "a string that is not empty";
  if (displayText(value) === value) return undefined;
  return `one line of at most ${maxDisplayLength} characters`;
};

const progressFlaw: FlawOf = (value) =>
  typeof value === "number" && value >= 0 && value <= 1 ? undefined : "a number from 0 to 1";

const objectFlaw: FlawOf = (value) =>
  typeof value === "object" && value !== null ? undefined : "an object";

const id = createCheck<string>(idFlaw);
const status = createCheck<string>(statusFlaw);
const progress = createCheck<number>(progressFlaw);
const object = createCheck<Readonly<Record<string, unknown>>>(objectFlaw);

/** An id. */
export const idSchema = id.schema;
/** A job's status. */
export const statusSchema = status.schema;
/** How much of a job is done. */
export const progressSchema = progress.schema;

// A list may have ten thousand entries. What each of them has is read by hand, since to go through a
// schema takes several times as long.

/** Reads an id. @throws PayloadError */
export const readId = id.read;
/** Reads a job's status. @throws PayloadError */
export const readStatus = status.read;
/** Reads how much of a job is done. @throws PayloadError */
export const readProgress = progress.read;
/** Reads an object with any fields. @throws PayloadError */
export const readObject = object.read;

/** Reads a text that may be absent, or `null` for that. @throws PayloadError */
export function readText(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new PayloadError(field, "a string", value);
  return value;
}

/** One check, as a schema and as a function that reads a field by hand. */
interface Check<T> {
  readonly schema: v.CustomSchema<T, (issue: v.CustomIssue) => string>;
  readonly read: (field: string, value: unknown) => T;
}

function createCheck<T>(flawOf: FlawOf): Check<T> {
  const isFlawless = (value: unknown): value is T => flawOf(value) === undefined;
  return {
    schema: v.custom<T, (issue: v.CustomIssue) => string>(
      isFlawless,
      ({ input }) => flawOf(input) ?? "",
    ),
    read(field, value) {
      if (isFlawless(value)) return value;
      throw new PayloadError(field, flawOf(value) ?? "", value);
    },
  };
}

/** A text, made fit for display. */
export const shownSchema = v.pipe(
  v.string("a string"),
  v.transform((text) => displayText(text)),
);

/** A text of which something is left once it is made fit for display. */
export const shownText = v.pipe(
  shownSchema,
  v.check((text) => text !== "", "a text that can be shown"),
);

/** A label or an error, made fit for display: twice as long, since a title may be a part of it. */
export const sentenceSchema = v.pipe(
  v.string("a string"),
  v.transform((text) => displayText(text, 2 * maxDisplayLength)),
);

/** A number that can be compared. */
export const numberSchema = v.custom<number>(Number.isFinite, "a number that is finite");

/** A boolean. */
export const flagSchema = v.custom<boolean>((value) => typeof value === "boolean", "true or false");

/** A time in epoch ms that a `Date` can hold. */
export const timeSchema = v.custom<number>(isTime, "a time in epoch ms, such as Date.now()");

/** A job's key. */
export const keySchema = v.custom<`${string}:${string}`>(
  (value) => typeof value === "string" && wholeKey.test(value),
  'a key "<kind>:<id>", such as "build:42"',
);

/** A list whose entries are checked later, one by one, so that a bad one costs only itself. */
export const aList = v.custom<readonly unknown[]>(Array.isArray, "an array");

/** Whether a value is a time in epoch ms that a `Date` can hold. */
export function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= maxTimeMs;
}

/** Reads a value by a schema. @throws PayloadError that names the first part that does not fit */
export function parseAs<Schema extends v.GenericSchema>(
  schema: Schema,
  what: string,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw toPayloadError(what, parsed.issues[0]);
  return parsed.output;
}

/** Reads a JSON text. @throws PayloadError if it is none */
export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new PayloadError(what, "JSON", text, { cause });
  }
}

/** Calls a host's own `read`. @throws PayloadError of that field for whatever `read` throws */
export function readBy<T>(field: string, expected: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof PayloadError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PayloadError(field, expected, why, { cause });
  }
}

/** What `parse` gives; where it throws a PayloadError that goes to `report`, and this gives `undefined`. */
export function reporting<T>(parse: () => T, report: ReportProblem): T | undefined {
  try {
    return parse();
  } catch (problem) {
    if (!(problem instanceof PayloadError)) throw problem;
    report(problem);
    return undefined;
  }
}

/** What `parse` gives for each entry of a list. An entry that it refuses is reported and left out. */
export function parseEach<T>(
  list: readonly unknown[],
  parse: (value: unknown) => T,
  report: ReportProblem,
): T[] {
  const parsed: T[] = [];
  for (const value of list) reporting(() => parsed.push(parse(value)), report);
  return parsed;
}

/** Refuses what a host gave. @throws TypeError that names the option, what it must be and what it is */
export function refuse(call: string, option: string, expected: string, got: unknown): never {
  const value = typeof got === "number" ? String(got) : JSON.stringify(got);
  throw new TypeError(`${call}: ${option} must be ${expected}; got ${value}`);
}

function toPayloadError(what: string, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  if (path === null) return new PayloadError(what, issue.message, issue.input);
  // valibot reports a missing field as an issue of the object around it.
  const expected = issue.type === "object" ? "a value" : issue.message;
  return new PayloadError(`${what}.${path}`, expected, issue.input);
}
