import { type SourceConnection, sourceOf } from "../../index.ts";
import { useActivity } from "../../react.ts";

/** The kinds of job that the console knows. */
export type JobKindName = "build" | "run";

/** What several jobs of a kind are called. */
export const kindNouns: Readonly<Record<JobKindName, string>> = { build: "builds", run: "servers" };

/** The connection of the source that keeps the jobs of a kind true; `undefined` without a sync. */
export function useConnection(kind: JobKindName): SourceConnection | undefined {
  return useActivity((state) => sourceOf(state, kind));
}

/** Whether it is still open what the source will list. */
export function isAwaited(source: SourceConnection | undefined): boolean {
  return source === undefined || source.status === "connecting";
}
