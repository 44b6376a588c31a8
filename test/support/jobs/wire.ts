import {
  builds,
  listOfBuilds,
  listOfRuns,
  runs,
  updatedRun,
} from "../../../src/jobs/buildsAndRuns.ts";
import { parseEntries } from "../../../src/jobs/defineJobKind.ts";
import type { Job } from "../../../src/jobs/job.ts";
import { parseJson, type ReportProblem } from "../../../src/jobs/payload.ts";

/** The body of `GET /builds`, as the poll reads it. */
export function parseBuildList(body: unknown, report: ReportProblem): Job[] {
  return parseEntries(builds, listOfBuilds(body), report);
}

/** The data of an `init` event, as the stream reads it. */
export function parseRunInit(data: string, report: ReportProblem): Job[] {
  return parseEntries(runs, listOfRuns(parseJson("init", data)), report);
}

/** The data of a `run-update` event, as the stream reads it. */
export function parseRunUpdate(data: string, report: ReportProblem): Job {
  return parseEntry("run", updatedRun(parseJson("run-update", data)), report);
}

/** One entry, as a list and an update hold it. */
export function parseEntry(kind: "build" | "run", entry: unknown, report: ReportProblem): Job {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's parse checks it
  const given = entry as never;
  return kind === "build" ? builds.parse(given, report) : runs.parse(given, report);
}
