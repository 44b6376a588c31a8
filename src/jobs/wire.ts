import * as v from "valibot";
import { displayText } from "./displayText.ts";
import {
  idSchema,
  isSet,
  isTime,
  parseAs,
  readIsoTime,
  shownSchema,
  statusSchema,
} from "./fields.ts";
import {
  findActiveStatus,
  findJobKind,
  findOutcome,
  jobKinds,
  type JobKindName,
} from "./jobKinds.ts";
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

const anObject = "an object";
const entryFields = {
  id: idSchema,
  projectId: v.nullish(shownSchema),
  status: statusSchema,
  createdAt: v.optional(v.unknown()),
  startedAt: v.optional(v.unknown()),
  finishedAt: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
};
const entrySchema = v.object(entryFields, anObject);
const kindNames = Object.keys(jobKinds);
const kindSchema = v.picklist(kindNames, kindNames.map((name) => `"${name}"`).join(" or "));
const hintSchema = v.object({ ...entryFields, kind: kindSchema }, anObject);
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
  reportUnknownStatus(kind, entry.status, report);
  return toJob(kind, entry, isoTimes, report);
}

/**
 * One job from a {@link Job} that a host, or another tab, gives as a hint. It is made anew of the
 * fields that are known, so that nothing else enters the store or travels.
 *
 * A wrong time does not cost the job: it goes to `report` and counts as absent.
 *
 * @throws PayloadError if there is no usable kind, id, project or status
 */
export function parseHint(value: unknown, report: ReportProblem): Job {
  const hint = parseAs(hintSchema, "hint", value);
  return toJob(hint.kind, hint, epochTimes, report);
}

/** The jobs of a list. A malformed one, or a second one of the same id, costs only itself. */
function parseJobs(kind: JobKindName, list: readonly unknown[], report: ReportProblem): Job[] {
  const jobs = new Map<string, Job>();
  for (const job of parseEach(list, (value) => parseJob(kind, value, report), report)) {
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

/** How a time is written where an entry comes from. */
interface TimeFormat {
  readonly expected: string;
  readonly read: (value: unknown) => unknown;
}

const isoTimes: TimeFormat = { expected: "an ISO 8601 time", read: readIsoTime };
const epochTimes: TimeFormat = {
  expected: "a time in epoch ms, such as Date.now()",
  // The type says epoch ms; what a host spreads out of an answer has the server's own form.
  read: (value) => (typeof value === "string" ? readIsoTime(value) : value),
};

type Entry = v.InferOutput<typeof entrySchema>;

function toJob(kind: string, entry: Entry, format: TimeFormat, report: ReportProblem): Job {
  const { id, projectId, status } = entry;
  const error = typeof entry.error === "string" ? displayText(entry.error) : undefined;
  return {
    kind,
    id,
    status,
    ...(projectId ? { projectId } : {}),
    ...parseTime(kind, "createdAt", entry.createdAt, format, report),
    ...parseTime(kind, "startedAt", entry.startedAt, format, report),
    ...parseTime(kind, "finishedAt", entry.finishedAt, format, report),
    ...(error ? { error } : {}),
  };
}

type TimeField = "createdAt" | "startedAt" | "finishedAt";

function parseTime(
  kind: string,
  field: TimeField,
  value: unknown,
  { expected, read }: TimeFormat,
  report: ReportProblem,
): Partial<Record<TimeField, number>> {
  if (value === undefined || value === null) return {};
  const time = read(value);
  if (isTime(time)) return isSet(time) ? { [field]: time } : {};
  report(new PayloadError(`${kind}.${field}`, expected, value));
  return {};
}

function reportUnknownStatus(kind: JobKindName, status: string, report: ReportProblem): void {
  if (findActiveStatus(kind, status) ?? findOutcome(kind, status)) return;
  const { active, final } = findJobKind(kind) ?? { active: {}, final: {} };
  const known = [...Object.keys(active), ...Object.keys(final)].map((name) => `"${name}"`);
  report(new PayloadError(`${kind}.status`, known.join(", "), status));
}
