import { type JobKindName, jobKinds } from "./jobKinds.ts";
import { PayloadError } from "./PayloadError.ts";
import { type Job, parseJob, type ReportProblem } from "./wire.ts";

const kindNames = Object.keys(jobKinds).map((name) => `"${name}"`);

/**
 * A job that a host's own code made, checked as strictly as an entry of the server's. Further
 * fields, methods too, are left out; times may be epoch ms or ISO 8601.
 *
 * @throws PayloadError if there is no usable kind, id, project or status
 */
export function checkJob(value: unknown, report: ReportProblem): Job {
  if (typeof value !== "object" || value === null)
    throw new PayloadError("job", "an object", value);
  // Field by field, since a host's job may be of a class, whose getters a spread leaves out.
  const read = (field: keyof Job): unknown => Reflect.get(value, field);
  const kind = read("kind");
  if (!isKindName(kind)) throw new PayloadError("job.kind", kindNames.join(", "), kind);
  const entry = {
    id: read("id"),
    projectId: read("projectId"),
    status: read("status"),
    createdAt: toWireTime(read("createdAt")),
    startedAt: toWireTime(read("startedAt")),
    finishedAt: toWireTime(read("finishedAt")),
    error: read("error"),
  };
  return parseJob(kind, entry, report);
}

function isKindName(kind: unknown): kind is JobKindName {
  return typeof kind === "string" && Object.hasOwn(jobKinds, kind);
}

// What no Date can hold stays as it is, for the parser to report.
function toWireTime(time: unknown): unknown {
  const date = new Date(typeof time === "number" ? time : Number.NaN);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}
