import * as v from "valibot";
import {
  type Job,
  type JobKey,
  jobKey,
  type Outcome,
  type Phase,
  progressSchema,
  readTimes,
  titlePlace,
} from "./job.ts";
import {
  displayText,
  idSchema,
  parseAs,
  parseEach,
  PayloadError,
  readBy,
  reporting,
  type ReportProblem,
  statusSchema,
} from "./payload.ts";
import { createStatusTable, sayLabel, type Status } from "./statuses.ts";

/** What is read of an entry. What is `null` is as good as absent; times are epoch ms or ISO 8601. */
export interface JobFields<Name> {
  /** Unique among the jobs of its kind. */
  readonly id: string;
  readonly status: Name;
  /** What the job is called. */
  readonly title?: string | null | undefined;
  /** The id of what it acts upon, for links and look-ups. */
  readonly target?: string | null | undefined;
  /** Why it failed, for a person. */
  readonly error?: unknown;
  /** What it is doing right now, for a person. */
  readonly message?: string | null | undefined;
  /** How much of it is done, from 0 to 1. */
  readonly progress?: number | null | undefined;
  readonly createdAt?: number | string | null | undefined;
  readonly startedAt?: number | string | null | undefined;
  readonly finishedAt?: number | string | null | undefined;
}

/** A kind of job: what its jobs are called, and how an entry of the server's is read. */
export interface JobKind<Raw = never> {
  readonly name: string;
  readonly noun: string;
  /**
   * Reads one entry. What is wrong with a part of it (a time, a status that is not known) goes to
   * `report` and costs that part only.
   *
   * @throws PayloadError if the entry cannot be used
   */
  readonly parse: (raw: Raw, report?: ReportProblem) => Job;
}

/** What a kind of job is defined by. */
export interface JobKindDefinition<Name extends string | number, Raw> {
  /** The first part of its jobs' keys. */
  name: string;
  /** The kind in one word for a person. */
  noun: string;
  /**
   * What each status means; active ones in the order in which a job passes through them. Names that
   * are whole numbers are taken in ascending order, as in any object.
   */
  statuses: Readonly<Record<Name, Status>>;
  /**
   * What a status means that is not in the table; it is reported. A job that has finished is over
   * all the same. @default "working"
   */
  unknownStatus?: Phase | Outcome;
  /** Picks what is needed out of an entry. What it throws costs that entry alone. */
  parse: (raw: Raw) => JobFields<NoInfer<Name>>;
}

/**
 * Defines a kind of job: what its statuses mean, and how the server's entries are read.
 *
 * @throws TypeError for a name that cannot be part of a key, or a table that says nothing
 */
export function defineJobKind<const Name extends string | number, Raw>(
  definition: JobKindDefinition<Name, Raw>,
): JobKind<Raw> {
  const { name, noun, unknownStatus = "working", parse } = definition;
  refuseBadName(name, noun);
  const standingOf = createStatusTable(name, definition.statuses, unknownStatus);

  return {
    name,
    noun,
    parse(raw, report = ignore) {
      const entry = parseAs(
        entrySchema,
        name,
        readBy(name, "an entry that its parse can read", () => parse(raw)),
      );
      const { id } = entry;
      const status = parseAs(statusSchema, `${name}.status`, String(entry.status));
      const title = displayText(entry.title ?? "") || undefined;
      const message = displayText(entry.message ?? "") || undefined;
      const progress = reporting(() => readProgress(name, entry.progress), report);
      const times = readTimes(name, entry, report);
      const standing = standingOf(status, times.finishedAt !== undefined, report);
      const error = typeof entry.error === "string" ? displayText(entry.error) : "";
      const job = {
        key: jobKey({ kind: name, id }),
        kind: name,
        id,
        status,
        noun,
        word: standing.word,
        ...(title !== undefined && { title }),
        ...(entry.target && { target: entry.target }),
        ...(message !== undefined && { message }),
        ...(progress !== undefined && { progress }),
        ...(error && { error }),
        ...times,
      };
      if ("outcome" in standing) return { ...job, outcome: standing.outcome };
      const { phase, rank, movesToFront } = standing;
      const fields = { id, title, message, progress };
      const label = sayLabel(name, noun, standing, fields, report);
      if (title !== undefined) return { ...job, phase, rank, movesToFront, label };
      // A title that is known already has its place in it; what is wrong is reported above.
      const titled = sayLabel(name, noun, standing, { ...fields, title: titlePlace }, ignore);
      return { ...job, phase, rank, movesToFront, label, titledLabel: titled };
    },
  };
}

/** Reads a list of entries. A bad one, or a second one of the same id, costs only itself. */
export function parseEntries(
  { name, parse }: JobKind,
  entries: readonly unknown[],
  report: ReportProblem,
): Job[] {
  const jobs = new Map<JobKey, Job>();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's own parse checks what it is
  for (const job of parseEach(entries, (entry) => parse(entry as never, report), report)) {
    if (jobs.has(job.key)) report(new PayloadError(`${name}.id`, "each id once", job.id));
    else jobs.set(job.key, job);
  }
  return [...jobs.values()];
}

function refuseBadName(name: unknown, noun: unknown): void {
  if (typeof name !== "string" || !/^[^:\s]+$/.test(name) || name === "request") {
    const expected = 'a word without ":" and spaces that is not "request", such as "deploy"';
    throw new TypeError(`defineJobKind: name must be ${expected}; got ${JSON.stringify(name)}`);
  }
  if (typeof noun !== "string" || noun.trim() === "")
    throw new TypeError(`defineJobKind: noun of "${name}" must be a word such as "Deployment"`);
}

/** What is wrong with a part of an entry that nobody wants to hear of. */
function ignore(): void {}

const textOrAbsent = v.nullish(v.string("a string"));
const entrySchema = v.object(
  {
    id: idSchema,
    status: v.union([v.string(), v.number()], "a string"),
    title: textOrAbsent,
    target: textOrAbsent,
    message: textOrAbsent,
    error: v.optional(v.unknown()),
    progress: v.optional(v.unknown()),
    createdAt: v.optional(v.unknown()),
    startedAt: v.optional(v.unknown()),
    finishedAt: v.optional(v.unknown()),
  },
  "an object",
);

function readProgress(name: string, value: unknown): number | undefined {
  return value === undefined || value === null
    ? undefined
    : parseAs(progressSchema, `${name}.progress`, value);
}
