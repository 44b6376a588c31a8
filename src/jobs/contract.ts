/**
 * The shapes that travel over HTTP, as the backend documents them. They say what a well-behaved
 * server sends; what really came is checked by the parse of its kind.
 *
 * Times are ISO 8601 in UTC by the server's clock. Ids are opaque strings.
 */

/** Where a build is. `pending` waits for its turn. */
export type BuildStatus = "pending" | "running" | "succeeded" | "failed";

/** One build, as `GET /builds` lists it and `POST /projects/:id/build` answers it. */
export interface BuildJob {
  id: string;
  projectId: string;
  status: BuildStatus;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** Why it failed, in words for a person. */
  error?: string;
}

/** Where a run is. A run is a server that a person started. */
export type RunStatus = "pending" | "running" | "stopping" | "stopped" | "succeeded" | "failed";

/** One run, as the stream carries it and `POST /projects/:id/run` answers it. */
export interface RunJob {
  id: string;
  projectId: string;
  buildId?: string;
  status: RunStatus;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** Why it failed, in words for a person. */
  error?: string;
  /** Everything the process has printed so far; may be megabytes. */
  logs: LogEntry[];
}

/** One line of a run's log. */
export interface LogEntry {
  timestamp: string;
  stream: "stdout" | "stderr" | "system";
  message: string;
}

/** A project that can be built and run. */
export interface Project {
  id: string;
  name: string;
}

/** What `GET /auth/status` answers. */
export interface AuthStatus {
  provider: string;
  configured: boolean;
  authenticated: boolean;
  login: string | null;
  authorizeUrl: string | null;
}
