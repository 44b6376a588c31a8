import { parseBuildList, parseRunInit, parseRunUpdate, parsing } from "../../jobs/wire.ts";
import { pollSource } from "./pollSource.ts";
import type { Source } from "./source.ts";
import { streamSource } from "./streamSource.ts";

/** Where the contract is served, and how it is followed. */
export interface BuildsAndRunsOptions {
  baseUrl: string;
  pollIntervalMs: number;
  silenceMs: number;
  sendsSnapshot: boolean;
}

/** The two sources of the contract: the stream of runs, and the poll of builds. */
export function buildsAndRuns(options: BuildsAndRunsOptions): readonly Source[] {
  const { baseUrl, pollIntervalMs, silenceMs, sendsSnapshot } = options;
  return [
    streamSource({
      name: "runs",
      title: "Runs",
      kind: "run",
      url: `${baseUrl}/runs/stream`,
      silenceMs,
      sendsSnapshot,
      snapshot: { event: "init", parse: parseRunInit },
      update: { event: "run-update", parse: parseRunUpdate },
    }),
    pollSource({
      name: "builds",
      title: "Builds",
      kind: "build",
      url: `${baseUrl}/builds`,
      intervalMs: pollIntervalMs,
      list: (body, report) => parsing(() => parseBuildList(body, report), report),
    }),
  ];
}
