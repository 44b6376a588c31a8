import { createApp } from "./app.ts";
import { createBuildQueue } from "./buildQueue.ts";
import { createCounters } from "./counters.ts";
import { createProcessHost } from "./processHost.ts";
import { createProjectList, type DevProject } from "./projects.ts";
import { createRunEvents } from "./runEvents.ts";
import { createRuns } from "./runs.ts";
import { createSessions } from "./sessions.ts";

/** What a backend serves, and how patient it is. */
export interface BackendOptions {
  projects: readonly DevProject[];
  /** From SIGTERM to SIGKILL, in ms. @default 5_000 */
  graceMs?: number;
  /** Between two comments that keep an idle stream open, in ms. @default 25_000 */
  keepAliveMs?: number;
  /** Least time between two updates that are only about a run's log, in ms. @default 1_000 */
  logUpdateMs?: number;
  /** Receives errors that nobody expected. @default console.error */
  reportError?: (error: Error) => void;
}

/** A backend at work. */
export interface Backend {
  /** Answers a request under `/api`. */
  fetch(request: Request): Response | Promise<Response>;
  /** Closes the streams, ends all child processes, and resolves when they are gone. Safe twice. */
  dispose(): Promise<void>;
}

/** Makes a backend. It starts nothing before the first request asks for it. */
export function createBackend(options: BackendOptions): Backend {
  const { graceMs = 5_000, keepAliveMs = 25_000, logUpdateMs = 1_000 } = options;
  const { reportError = console.error } = options;
  const host = createProcessHost(graceMs);
  const builds = createBuildQueue(host);
  const events = createRunEvents();
  const sessions = createSessions();
  const app = createApp({
    host,
    builds,
    events,
    sessions,
    projects: createProjectList(options.projects),
    runs: createRuns({ host, events, logUpdateMs }),
    counters: createCounters(),
    keepAliveMs,
    reportError,
  });

  return {
    fetch: (request) => app.fetch(request),
    dispose() {
      builds.dispose();
      sessions.closeAll();
      return host.dispose();
    },
  };
}
