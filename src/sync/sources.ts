import { parseBuildList, parseRunInit, parseRunUpdate, reporting } from "../jobs/wire.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import { startBuildPoll } from "./buildPoll.ts";
import type { SyncEnvironment } from "./environment.ts";
import type { EvidenceSink } from "./evidenceSink.ts";
import type { ProblemReporter } from "./problemReporter.ts";
import { startRunStream } from "./runStream.ts";
import { createUpdateBatch } from "./updateBatch.ts";

/** The part of a store that tells of hints. */
export interface HintStore {
  getState: () => Pick<BackendJobsSlice, "onJobHint">;
}

/** What the sources are, and where their evidence goes. */
export interface SourcesOptions {
  environment: SyncEnvironment;
  baseUrl: string;
  pollIntervalMs: number;
  silenceMs: number;
  store: HintStore;
  sink: EvidenceSink;
  report: ProblemReporter;
  onUnauthorized: () => void;
}

/** The sources as they run. */
export interface Sources {
  /** Polls the builds at once. */
  refresh: () => void;
  stop: () => void;
}

/** Starts the stream of runs and the poll of builds. */
export function startSources(options: SourcesOptions): Sources {
  const { environment, sink } = options;
  const stopStream = startRuns(options);
  sink.status("runs", "connecting");
  sink.status("builds", "connecting");
  const poll = startBuildPoll({
    environment,
    url: `${options.baseUrl}/builds`,
    pollIntervalMs: options.pollIntervalMs,
    onAnswer({ body, clockOffsetMs }, askedAt) {
      sink.snapshot("build", parseBuildList(body, reportFor(options, "builds")), askedAt);
      sink.status("builds", "live");
      if (clockOffsetMs !== undefined) sink.clockOffset(clockOffsetMs);
    },
    onFailure: (message) => sink.status("builds", "lost", `Builds: ${message}`),
    onUnauthorized: options.onUnauthorized,
  });
  // A build that was just queued may be over long before the next poll.
  const stopHints = options.store
    .getState()
    .onJobHint((job) => job.kind === "build" && poll.refresh());

  return {
    refresh: poll.refresh,
    stop() {
      stopHints();
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
