// The shapes that travel over HTTP, as the backend documents them. A server may send something else:
// the `parse` of a kind checks each entry that came. Times are ISO 8601 in UTC by the server's clock;
// ids are opaque strings.

/** The status of a build. A `pending` one waits for its turn. */
export type BuildStatus = "pending" | "running" | "succeeded" | "failed";

/** One build, as `GET /builds` lists it and `POST /projects/:id/build` answers it. */
export interface BuildJob {
  id: string;
  projectId: string;
  status: BuildStatus;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** Why it failed, in a sentence for a person. */
  error?: string;
}

/** The status of a run. A run is a server that a person started. */
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
  /** Why it failed, in a sentence for a person. */
  error?: string;
  /** Everything that the process has printed so far; may be megabytes. */
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

/** The answer of `GET /auth/status`: how a user signs in, and who has. */
export interface AuthStatus {
  provider: string;
  configured: boolean;
  authenticated: boolean;
  login: string | null;
  authorizeUrl: string | null;
}
