import * as v from "valibot";
import { builds, type Job, runs } from "../../index.ts";
import { parseBy, warnOfProblem } from "./readJson.ts";

/** What an answer says of a job that it began or changed. */
export interface JobAnswer {
  readonly job: Job;
}

const answerSchema = v.record(v.string(), v.unknown());

/** The job in an answer `{ build }` or `{ run }`. @throws PayloadError if it holds none */
export function parseJobAnswer(kind: "build" | "run", body: unknown): JobAnswer {
  const entry = parseBy(answerSchema, "answer", body)[kind];
  const parse = kind === "build" ? builds.parse : runs.parse;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's own parse checks what it is
  return { job: parse(entry as never, warnOfProblem) };
}
