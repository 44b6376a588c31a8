import {
  builds,
  listOfBuilds,
  listOfRuns,
  runs,
  sourceNames,
  updatedRun,
} from "../../jobs/buildsAndRuns.ts";
import { refuse } from "../../jobs/payload.ts";
import { pollSource, refuseBadInterval } from "./pollSource.ts";
import type { Source } from "./source.ts";
import { streamSource } from "./streamSource.ts";

/** Options of {@link buildsAndRuns}. */
export interface BuildsAndRunsOptions {
  /** Where the contract is served: a URL or a path, with or without a slash at its end. @default "/api" */
  baseUrl?: string | undefined;
  /** The pause between two polls of the builds while the page is visible, in ms. @default 5_000 */
  pollIntervalMs?: number | undefined;
  /** After how long without an event the stream is replaced, in ms; 0 for never. @default 60_000 */
  silenceMs?: number | undefined;
  /** Whether the stream begins each connection with all runs. @default true */
  sendsSnapshot?: boolean | undefined;
}

/**
 * Creates the two sources of the contract: the stream of runs, and the poll of builds.
 *
 * @throws TypeError for an option that cannot be used
 */
export function buildsAndRuns(options: BuildsAndRunsOptions = {}): readonly [Source, Source] {
  const { baseUrl = "/api", pollIntervalMs, silenceMs, sendsSnapshot } = options;
  const call = "buildsAndRuns";
  if (typeof baseUrl !== "string") refuse(call, "baseUrl", 'a URL or path such as "/api"', baseUrl);
  // Under its own name, which pollSource does not know.
  if (pollIntervalMs !== undefined) refuseBadInterval(call, "pollIntervalMs", pollIntervalMs);
  const base = baseUrl.replace(/\/+$/, "");
  return [
    streamSource({
      name: sourceNames.runs,
      kind: runs,
      url: `${base}/runs/stream`,
      silenceMs,
      sendsSnapshot,
      snapshot: { event: "init", list: listOfRuns },
      update: { event: "run-update", entry: updatedRun },
    }),
    pollSource({
      name: sourceNames.builds,
      kind: builds,
      url: `${base}/builds`,
      intervalMs: pollIntervalMs,
      list: listOfBuilds,
    }),
  ];
}
