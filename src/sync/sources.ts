import { parseBuildList, parseRunInit, parseRunUpdate, reporting } from "../jobs/wire.ts";
import { type BuildPoll, startBuildPoll } from "./buildPoll.ts";
import type { SyncEnvironment } from "./environment.ts";
import type { EvidenceSink } from "./evidenceSink.ts";
import type { ProblemReporter } from "./problemReporter.ts";
import { startRunStream } from "./runStream.ts";
import { createUpdateBatch } from "./updateBatch.ts";

/** What the sources are, and where their evidence goes. */
export interface SourcesOptions {
  environment: SyncEnvironment;
  baseUrl: string;
  pollIntervalMs: number;
  silenceMs: number;
  sink: EvidenceSink;
  report: ProblemReporter;
  onUnauthorized: () => void;
}

/** Starts the stream of runs and the poll of builds. */
export function startSources(options: SourcesOptions): BuildPoll {
  const { environment, sink } = options;
  const stopStream = startRuns(options);
  sink.status("runs", "connecting");
  sink.status("builds", "connecting");
  const poll = startBuildPoll({
    environment,
    url: `${options.baseUrl}/builds`,
    pollIntervalMs: options.pollIntervalMs,
    onAnswer({ body }, askedAt) {
      sink.snapshot("build", parseBuildList(body, reportFor(options, "builds")), askedAt);
      sink.status("builds", "live");
    },
    onFailure: (message) => sink.status("builds", "lost", `Builds: ${message}`),
    onUnauthorized: options.onUnauthorized,
  });

  return {
    refresh: poll.refresh,
    stop() {
      stopStream();
      poll.stop();
    },
  };
}

function startRuns(options: SourcesOptions): () => void {
  const { environment, sink } = options;
  const report = reportFor(options, "runs");
  const batch = createUpdateBatch(environment, sink.updates);
  const stream = startRunStream({
    environment,
    url: `${options.baseUrl}/runs/stream`,
    silenceMs: options.silenceMs,
    onInit(data, askedAt) {
      const runs = parseRunInit(data, report);
      batch.flush();
      sink.snapshot("run", runs, askedAt);
    },
    onUpdate(data) {
      const run = reporting(() => parseRunUpdate(data, report), report);
      if (run) batch.add(run);
    },
    onLive: () => sink.status("runs", "live"),
    onLost: (message) => sink.status("runs", "lost", `Runs: ${message}`),
  });

  return () => {
    stream.stop();
    batch.drop();
  };
}

function reportFor({ report }: SourcesOptions, source: "runs" | "builds") {
  return (problem: Parameters<ProblemReporter>[1]) => report(source, problem);
}
