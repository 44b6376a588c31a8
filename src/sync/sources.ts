import {
  parseBuildList,
  parseRunInit,
  parseRunUpdate,
  parsing,
  reporting,
  type ReportProblem,
} from "../jobs/wire.ts";
import type { BackendJobsSlice } from "../store/backendJobs.ts";
import { type BuildPoll, startBuildPoll } from "./buildPoll.ts";
import type { SyncEnvironment } from "./environment.ts";
import { createGatedSink, type EvidenceSink } from "./evidenceSink.ts";
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
export function startSources(given: SourcesOptions): Sources {
  const { sink, close } = createGatedSink(given.sink);
  const options = { ...given, sink };
  const stopStream = startRuns(options);
  sink.status("runs", "connecting");
  sink.status("builds", "connecting");
  const poll = startBuilds(options);
  // A build that was just queued may be over long before the next poll.
  const stopHints = options.store
    .getState()
    .onJobHint((job) => job.kind === "build" && poll.refresh());

  return {
    refresh: poll.refresh,
    stop() {
      close();
      stopHints();
      stopStream();
      poll.stop();
    },
  };
}

function startBuilds({ environment, sink, report, ...options }: SourcesOptions): BuildPoll {
  const reportBuilds: ReportProblem = (problem) => report("builds", problem);
  return startBuildPoll({
    environment,
    url: `${options.baseUrl}/builds`,
    pollIntervalMs: options.pollIntervalMs,
    onAnswer({ body, clockOffsetMs }, askedAt) {
      const builds = parsing(() => parseBuildList(body, reportBuilds), reportBuilds);
      sink.snapshot("build", builds, askedAt);
      sink.status("builds", "live");
      if (clockOffsetMs !== undefined) sink.clockOffset(clockOffsetMs);
    },
    onFailure: (message) => sink.status("builds", "lost", `Builds: ${message}`),
    onUnauthorized: options.onUnauthorized,
  });
}

function startRuns({ environment, sink, report, ...options }: SourcesOptions): () => void {
  const reportRuns: ReportProblem = (problem) => report("runs", problem);
  const batch = createUpdateBatch(environment, sink.updates);
  const stream = startRunStream({
    environment,
    url: `${options.baseUrl}/runs/stream`,
    silenceMs: options.silenceMs,
    // What came before a question must not count as later than it.
    onConnecting: batch.flush,
    onInit(data, askedAt) {
      const runs = parsing(() => parseRunInit(data, reportRuns), reportRuns);
      batch.flush();
      sink.snapshot("run", runs, askedAt);
    },
    onUpdate(data) {
      const run = reporting(() => parseRunUpdate(data, reportRuns), reportRuns);
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
