import type { BuildQueue } from "./buildQueue.ts";
import type { Counters } from "./counters.ts";
import type { ProcessHost } from "./processHost.ts";
import type { ProjectList } from "./projects.ts";
import type { RunEvents } from "./runEvents.ts";
import type { Runs } from "./runs.ts";
import type { Sessions } from "./sessions.ts";

/** What the routes work with. */
export interface AppParts {
  host: ProcessHost;
  projects: ProjectList;
  builds: BuildQueue;
  runs: Runs;
  events: RunEvents;
  sessions: Sessions;
  counters: Counters;
  keepAliveMs: number;
  /** Receives what no route expected; the client gets a 500. */
  reportError: (error: Error) => void;
}
