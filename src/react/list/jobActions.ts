import type { JobKey } from "../../jobs/job.ts";
import { surface, toError } from "../../store/hostCode.ts";
import type { BackendJob } from "../../store/entries.ts";

/** A stop that was asked for here and has not succeeded: under way, or failed with an error. */
export type StopRequest = { readonly job: BackendJob } & ({ readonly status: "sent" } | FailedStop);

/** The host's own way to stop a job. */
type StopJob = (job: BackendJob) => void | Promise<unknown>;

/** Why a stop failed, in words. */
interface FailedStop {
  readonly status: "failed";
  readonly error: string;
}

/** What was asked to stop; it outlives the rows, which go when the list is closed. */
export interface StopRequests {
  /** Has `stop` stop the job, unless that is under way. What it rejects with is kept. */
  request: (job: BackendJob, stop: StopJob) => void;
  /** What was asked of the job as it stands: a change of its status makes it outdated. */
  find: (job: BackendJob) => StopRequest | undefined;
  /** All that failed. */
  failures: () => ReadonlyArray<StopRequest & FailedStop>;
  /** Calls on every change, until what it returns is called. */
  subscribe: (listener: () => void) => () => void;
}

/** Creates an empty list of what was asked to stop. */
export function createStopRequests(): StopRequests {
  const requests = new Map<JobKey, StopRequest>();
  const listeners = new Set<() => void>();

  function set(key: JobKey, request: StopRequest | undefined): void {
    if (request) requests.set(key, request);
    else requests.delete(key);
    for (const listener of listeners) listener();
  }

  function find(job: BackendJob): StopRequest | undefined {
    const request = requests.get(job.key);
    return request?.job.status === job.status ? request : undefined;
  }

  async function send(job: BackendJob, stop: StopJob): Promise<void> {
    const sent: StopRequest = { job, status: "sent" };
    set(job.key, sent);
    const failed = await outcomeOf(() => callStop(stop, job));
    // A newer one has taken its place.
    if (requests.get(job.key) !== sent) return;
    set(job.key, failed && { job, ...failed });
  }

  return {
    request(job, stop) {
      if (find(job)?.status !== "sent") void send(job, stop);
    },
    find,
    failures: () => [...requests.values()].filter((request) => request.status === "failed"),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function outcomeOf(stop: () => unknown): Promise<FailedStop | undefined> {
  try {
    await stop();
    return undefined;
  } catch (thrown) {
    return { status: "failed", error: toError(thrown).message };
  }
}

// A rejection is an answer. What throws instead is at fault, and its host is to hear of that too.
function callStop(stop: StopJob, job: BackendJob): void | Promise<unknown> {
  try {
    return stop(job);
  } catch (thrown) {
    surface(thrown);
    throw thrown;
  }
}
