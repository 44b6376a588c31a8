import * as v from "valibot";
import { displayText } from "./displayText.ts";
import { findActiveStatus, findJobKind, findOutcome, type JobKindName } from "./jobKinds.ts";
import { PayloadError } from "./PayloadError.ts";

/** A job as the server told it, checked: what every source of evidence speaks of. */
export interface Job {
  /** A name in the table of job kinds. */
  readonly kind: string;
  readonly id: string;
  /** Absent where the server did not say. */
  readonly projectId?: string;
  /** One of the kind's statuses, or one that this version does not know. */
  readonly status: string;
  /** Server time, epoch ms. */
  readonly createdAt?: number;
  /** Server time, epoch ms. */
  readonly startedAt?: number;
  /** Server time, epoch ms. */
  readonly finishedAt?: number;
  /** Why it failed, fit for display. */
  readonly error?: string;
}

/** Called with each thing that is wrong with what came, while the rest of it is still used. */
export type ReportProblem = (problem: PayloadError) => void;

/** The key of a job must stay cheap to copy and to compare. */
const maxIdLength = 1_024;

const anObject = "an object";
const entrySchema = v.object(
  {
    id: v.pipe(
      v.string("a string"),
      v.nonEmpty("a string that is not empty"),
      v.maxLength(maxIdLength, `at most ${maxIdLength} characters`),
    ),
    projectId: v.nullish(v.string("a string")),
    status: v.pipe(v.string("a string"), v.nonEmpty("a string that is not empty")),
    createdAt: v.optional(v.unknown()),
    startedAt: v.optional(v.unknown()),
    finishedAt: v.optional(v.unknown()),
    error: v.optional(v.unknown()),
  },
  anObject,
);
const aList = v.array(v.unknown(), "an array");
const buildListSchema = v.object({ builds: aList }, anObject);
const runInitSchema = v.object({ runs: aList }, anObject);
const runUpdateSchema = v.object({ run: v.unknown() }, anObject);

/**
 * One job from what the server sent.
 *
 * A wrong date or an unknown status does not cost the job: it goes to `report`, the date counts as
 * absent, the status as not active.
 *
 * @throws PayloadError if there is no usable id, project or status
 */
export function parseJob(kind: JobKindName, value: unknown, report: ReportProblem): Job {
  const entry = parseAs(entrySchema, kind, value);
  const { id, status, error } = entry;
  const projectId = displayText(entry.projectId ?? "");
  reportUnknownStatus(kind, status, report);
  return {
    kind,
    id,
    status,
    ...(projectId ? { projectId } : {}),
    ...parseTime(kind, "createdAt", entry.createdAt, report),
    ...parseTime(kind, "startedAt", entry.startedAt, report),
    ...parseTime(kind, "finishedAt", entry.finishedAt, report),
    ...(typeof error === "string" && error !== "" ? { error: displayText(error) } : {}),
  };
}

/** The jobs of a list. A malformed one, or a second one of the same id, costs only itself. */
function parseJobs(kind: JobKindName, list: readonly unknown[], report: ReportProblem): Job[] {
  const jobs = new Map<string, Job>();
  for (const value of list) {
    const job = reporting(() => parseJob(kind, value, report), report);
    if (job === undefined) continue;
    if (jobs.has(job.id)) report(new PayloadError(`${kind}.id`, "each id once", job.id));
    else jobs.set(job.id, job);
  }
  return [...jobs.values()];
}

/** The body of `GET /builds`. @throws PayloadError if it holds no list of builds */
export function parseBuildList(body: unknown, report: ReportProblem): Job[] {
  return parseJobs("build", parseAs(buildListSchema, "answer", body).builds, report);
}

/** The data of an `init` event. @throws PayloadError if it is no JSON or holds no list of runs */
export function parseRunInit(data: string, report: ReportProblem): Job[] {
  return parseJobs("run", parseAs(runInitSchema, "init", parseJson("init", data)).runs, report);
}

/** The data of a `run-update` event. @throws PayloadError if it is no JSON or holds no run */
export function parseRunUpdate(data: string, report: ReportProblem): Job {
  const event = parseAs(runUpdateSchema, "run-update", parseJson("run-update", data));
  return parseJob("run", event.run, report);
}

/** The value that `parse` gives; its PayloadError goes to `report` on its way out. */
export function parsing<T>(parse: () => T, report: ReportProblem): T {
  try {
    return parse();
  } catch (problem) {
    if (problem instanceof PayloadError) report(problem);
    throw problem;
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

function parseJson(event: string, data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch (cause) {
    throw new PayloadError(event, "JSON", data, { cause });
  }
}

function parseAs<Schema extends v.GenericSchema>(
  schema: Schema,
  what: string,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw toPayloadError(what, parsed.issues[0]);
  return parsed.output;
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

type TimeField = "createdAt" | "startedAt" | "finishedAt";

function parseTime(
  kind: JobKindName,
  field: TimeField,
  value: unknown,
  report: ReportProblem,
): Partial<Record<TimeField, number>> {
  if (value === undefined || value === null) return {};
  // Date.parse alone takes almost anything: "7" is a day in 2001 to it.
  const time = typeof value === "string" && isoTime.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return { [field]: time };
  report(new PayloadError(`${kind}.${field}`, "an ISO 8601 time", value));
  return {};
}

function reportUnknownStatus(kind: JobKindName, status: string, report: ReportProblem): void {
  if (findActiveStatus(kind, status) ?? findOutcome(kind, status)) return;
  const { active, final } = findJobKind(kind) ?? { active: {}, final: {} };
  const known = [...Object.keys(active), ...Object.keys(final)].map((name) => `"${name}"`);
  report(new PayloadError(`${kind}.status`, known.join(", "), status));
}

function toPayloadError(what: string, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  if (path === null) return new PayloadError(what, issue.message, issue.input);
  // An object complains of a missing field in its own name.
  const expected = issue.type === "object" ? "a value" : issue.message;
  return new PayloadError(`${what}.${path}`, expected, issue.input);
}
