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

const entrySchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(maxIdLength)),
  projectId: v.nullish(v.string()),
  status: v.pipe(v.string(), v.minLength(1)),
  createdAt: v.optional(v.unknown()),
  startedAt: v.optional(v.unknown()),
  finishedAt: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
});

/**
 * One job from what the server sent.
 *
 * A wrong date or an unknown status does not cost the job: it goes to `report`, the date counts as
 * absent, the status as not active.
 *
 * @throws PayloadError if there is no usable id, project or status
 */
export function parseJob(kind: JobKindName, value: unknown, report: ReportProblem): Job {
  const parsed = v.safeParse(entrySchema, value);
  if (!parsed.success) throw toPayloadError(kind, parsed.issues[0]);
  const { id, projectId, status, error } = parsed.output;
  reportUnknownStatus(kind, status, report);
  return {
    kind,
    id,
    status,
    ...(projectId ? { projectId: displayText(projectId) } : {}),
    ...parseTime(kind, "createdAt", parsed.output.createdAt, report),
    ...parseTime(kind, "startedAt", parsed.output.startedAt, report),
    ...parseTime(kind, "finishedAt", parsed.output.finishedAt, report),
    ...(typeof error === "string" && error !== "" ? { error: displayText(error) } : {}),
  };
}

/** The jobs of a list. A malformed one, or a second one of the same id, costs only itself. */
export function parseJobs(
  kind: JobKindName,
  list: readonly unknown[],
  report: ReportProblem,
): Job[] {
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
  return parseJobs("build", parseList(body, "builds"), report);
}

/** The data of an `init` event. @throws PayloadError if it is no JSON or holds no list of runs */
export function parseRunInit(data: string, report: ReportProblem): Job[] {
  return parseJobs("run", parseList(parseJson("init", data), "runs"), report);
}

/** The data of a `run-update` event. @throws PayloadError if it is no JSON or holds no run */
export function parseRunUpdate(data: string, report: ReportProblem): Job {
  return parseJob("run", fieldOf(parseJson("run-update", data), "run"), report);
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

function parseList(body: unknown, field: string): unknown[] {
  const list = fieldOf(body, field);
  if (!Array.isArray(list)) throw new PayloadError(field, "an array", list);
  return list;
}

function fieldOf(body: unknown, field: string): unknown {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, field)) {
    throw new PayloadError("body", `an object with "${field}"`, body);
  }
  return (body as Record<string, unknown>)[field];
}

type TimeField = "createdAt" | "startedAt" | "finishedAt";

function parseTime(
  kind: JobKindName,
  field: TimeField,
  value: unknown,
  report: ReportProblem,
): Partial<Record<TimeField, number>> {
  if (value === undefined || value === null) return {};
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
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

function toPayloadError(kind: JobKindName, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  const expected = issue.expected ?? "an object";
  return new PayloadError(path === null ? kind : `${kind}.${path}`, expected, issue.input);
}
