import * as v from "valibot";
import type { JobKindName } from "../../jobs/jobKinds.ts";
import { type Job, parseJob } from "../../jobs/wire.ts";
import { parseBy, warnOfProblem } from "./readJson.ts";

/** What an answer says of a job that it began or changed. */
export interface JobAnswer {
  readonly job: Job;
}

const answerSchema = v.record(v.string(), v.unknown());

/** The job in an answer `{ build }` or `{ run }`. @throws PayloadError if it holds none */
export function parseJobAnswer(kind: JobKindName, body: unknown): JobAnswer {
  return { job: parseJob(kind, parseBy(answerSchema, "answer", body)[kind], warnOfProblem) };
}
