import type { SourceConnection } from "../../index.ts";

/** The kinds of job that the console knows. */
export type JobKindName = "build" | "run";

/** The sources of the contract. */
export type SourceName = "builds" | "runs";

/** Where the jobs of a kind come from. */
export const sourceOfKind: Readonly<Record<JobKindName, SourceName>> = {
  build: "builds",
  run: "runs",
};

/** What a source's lists are called. */
export const sourceNouns: Readonly<Record<SourceName, string>> = {
  builds: "builds",
  runs: "servers",
};

/** Whether it is still open what the source will list. */
export function isAwaited(source: SourceConnection | undefined): boolean {
  return source === undefined || source.status === "connecting";
}
