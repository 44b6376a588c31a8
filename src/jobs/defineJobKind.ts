import {
  type FinishedJob,
  type Job,
  type JobKey,
  jobKey,
  type Outcome,
  type Phase,
  readTimes,
  titlePlace,
} from "./job.ts";
import {
  displayText,
  parseEach,
  PayloadError,
  readBy,
  readId,
  readObject,
  readProgress,
  readStatus,
  readText,
  refuse,
  reporting,
  type ReportProblem,
} from "./payload.ts";
import { createStatusTable, makeLabel, type Status } from "./statuses.ts";

/**
 * What a kind's own `parse` picks out of an entry. `null` means absent. A time is a number of epoch
 * ms or a text in ISO 8601; without a zone it counts as UTC. The epoch itself, and the first moment
 * of the year 1, mean that the time is not set.
 */
export interface JobFields<Name> {
  /** Unique among the jobs of its kind, at most 1,024 characters. */
  readonly id: string;
  readonly status: Name;
  /** The job's name for a person. */
  readonly title?: string | null | undefined;
  /** The id of what the job acts upon, for links and look-ups, at most 1,024 characters. */
  readonly target?: string | null | undefined;
  /** Why it failed, for a person. Anything but a text counts as absent. */
  readonly error?: unknown;
  /** What the job is doing right now, for a person. */
  readonly message?: string | null | undefined;
  /** How much of the job is done, from 0 to 1. */
  readonly progress?: number | null | undefined;
  readonly createdAt?: number | string | null | undefined;
  readonly startedAt?: number | string | null | undefined;
  readonly finishedAt?: number | string | null | undefined;
}

/** A kind of job, as {@link defineJobKind} makes it. */
export interface JobKind<Raw = never> {
  /** The first part of its jobs' keys. */
  readonly name: string;
  /** The kind for a person: "Build". */
  readonly noun: string;
  /**
   * Reads one entry of the server's. `report` is called for each part of it that is wrong (a time,
   * the progress, the target, an unknown status); the job is made without that part.
   *
   * @throws PayloadError if the entry cannot be used
   */
  readonly parse: (raw: Raw, report?: ReportProblem) => Job;
}

/** The definition of a kind of job. */
export interface JobKindDefinition<Name extends string | number, Raw> {
  /** The first part of its jobs' keys: any text without ":" and spaces, but not "request". */
  name: string;
  /** The kind for a person: "Build". */
  noun: string;
  /**
   * What each status means; active ones in the order in which a job passes through them. JavaScript
   * itself puts names that are whole numbers first, in ascending order.
   */
  statuses: Readonly<Record<Name, Status>>;
  /**
   * What a status means that is not in the table. Such a status is reported too. A job with a finish
   * time has ended all the same. @default "working"
   */
  unknownStatus?: Phase | Outcome;
  /** Picks the job's fields out of an entry. What it throws costs that entry alone. */
  parse: (raw: Raw) => JobFields<NoInfer<Name>>;
}

/**
 * Defines a kind of job: what its statuses mean, and how the server's entries are read.
 *
 * @throws TypeError for a name that cannot be part of a key, an empty noun, or a status that means
 * neither a phase nor an outcome
 */
export function defineJobKind<const Name extends string | number, Raw>(
  definition: JobKindDefinition<Name, Raw>,
): JobKind<Raw> {
  const { name, noun, unknownStatus = "working", parse } = definition;
  refuseBadName(name, noun);
  const meaningOf = createStatusTable(name, definition.statuses, unknownStatus);

  function read(given: unknown, report: ReportProblem): Job {
    const entry = readObject(name, given);
    const id = readId(`${name}.id`, entry["id"]);
    const status = readStatus(`${name}.status`, nameOf(entry["status"]));
    const title = shown(readText(`${name}.title`, entry["title"]));
    const message = shown(readText(`${name}.message`, entry["message"]));
    const error = typeof entry["error"] === "string" ? shown(entry["error"]) : undefined;
    const job: Draft = {
      key: jobKey({ kind: name, id }),
      kind: name,
      id,
      status,
      noun,
      word: "",
    };
    // Field by field: an object that is put together out of others takes several times as long.
    if (title !== undefined) job.title = title;
    if (message !== undefined) job.message = message;
    if (error !== undefined) job.error = error;
    // Other tabs would refuse a target that is no id, and the whole job with it.
    const target = readIfGiven(readId, `${name}.target`, entry["target"] || undefined, report);
    const progress = readIfGiven(readProgress, `${name}.progress`, entry["progress"], report);
    if (target !== undefined) job.target = target;
    if (progress !== undefined) job.progress = progress;
    readTimes(entry, job, report);
    const meaning = meaningOf(status, job.finishedAt !== undefined, report);
    job.word = meaning.word;
    if ("outcome" in meaning) return Object.assign(job, { outcome: meaning.outcome });
    const { phase, rank, movesToFront } = meaning;
    const fields = { id, title, message, progress };
    const label = makeLabel(name, noun, meaning, fields, report);
    const active = Object.assign(job, { phase, rank, movesToFront, label });
    if (title !== undefined) return active;
    // The same function has just made `label`: what is wrong with it is reported already.
    const titled = { ...fields, title: titlePlace };
    return Object.assign(active, {
      titledLabel: makeLabel(name, noun, meaning, titled, ignore),
    });
  }

  return {
    name,
    noun,
    // What the host's parse gives may have getters, which are its own code too.
    parse: (raw, report = ignore) =>
      readBy(name, "an entry that its parse can read", () => read(parse(raw), report)),
  };
}

/** Reads a list of entries. A bad one, or a second one of the same id, is reported and left out. */
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
  const aName = 'a name without ":" and spaces that is not "request", such as "deploy"';
  if (typeof name !== "string" || !/^[^:\s]+$/.test(name) || name === "request")
    refuse("defineJobKind", "name", aName, name);
  if (typeof noun !== "string" || noun.trim() === "")
    refuse("defineJobKind", `noun of "${name}"`, 'a text such as "Deployment"', noun);
}

function ignore(): void {}

/** A job that is being put together. */
type Draft = {
  -readonly [Field in keyof Omit<FinishedJob, "outcome" | "phase">]: FinishedJob[Field];
};

function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : displayText(text) || undefined;
}

// A table can have numbers for names, which are texts in it as in any object.
function nameOf(status: unknown): unknown {
  return typeof status === "number" ? String(status) : status;
}

function readIfGiven<T>(
  read: (field: string, value: unknown) => T,
  field: string,
  value: unknown,
  report: ReportProblem,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  return reporting(() => read(field, value), report);
}
