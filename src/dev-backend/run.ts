import { randomUUID } from "node:crypto";

import type { RunJob } from "../jobs/contract.ts";
import { startJob } from "./job.ts";
import type { ProcessHost } from "./processHost.ts";
import type { DevProject } from "./projects.ts";
import type { RunEvents } from "./runEvents.ts";
import { createRunReport, type RunReport } from "./runReport.ts";

/** One run, from its start to its end and after. */
export interface Run {
  readonly id: string;
  readonly projectId: string;
  isActive(): boolean;
  /** As it stands now. */
  describe(): RunJob;
  /** Ends its process tree, if it is active; resolves once it is over. */
  stop(): Promise<void>;
}

/** What a run needs. */
export interface RunOptions {
  host: ProcessHost;
  events: RunEvents;
  project: DevProject;
  command: string;
  buildId: string | undefined;
  /** How long the log may have grown before an update carries it, in ms. */
  logUpdateMs: number;
}

/**
 * Starts a run and tells `events` of all that happens to it.
 *
 * @throws HttpError 503 if the host is disposed; nobody has been told of the run then.
 */
export function startRun(options: RunOptions): Run {
  const { host, events, project, command, buildId, logUpdateMs } = options;
  const id = randomUUID();
  const report = createRunReport({
    events,
    initial: {
      id,
      projectId: project.id,
      ...(buildId !== undefined && { buildId }),
      status: "pending",
      createdAt: now(),
    },
    logUpdateMs,
  });
  const job = startJob(host, {
    command,
    directory: project.directory,
    onSpawn() {
      // A stop may have come first.
      if (report.state().status === "pending")
        report.change({ status: "running", startedAt: now() });
    },
    onLine: (stream, line) => report.write(stream, line),
  });
  report.announce();
  report.write("system", `Starting: ${command}`);
  const over = job.failure.then((error) => finish(report, error));
  const isActive = () => report.state().finishedAt === undefined;

  return {
    id,
    projectId: project.id,
    isActive,
    describe: () => report.describe(),
    async stop() {
      if (isActive() && report.state().status !== "stopping") {
        report.change({ status: "stopping" });
        job.stop();
      }
      await over;
    },
  };
}

function finish(report: RunReport, error: string | undefined): void {
  const finishedAt = now();
  if (report.state().status === "stopping") {
    report.write("system", "Stopped.");
    report.change({ status: "stopped", finishedAt });
  } else if (error === undefined) {
    report.write("system", "Ended by itself.");
    report.change({ status: "succeeded", finishedAt });
  } else {
    report.write("system", error);
    report.change({ status: "failed", finishedAt, error });
  }
}

function now(): string {
  return new Date().toISOString();
}
