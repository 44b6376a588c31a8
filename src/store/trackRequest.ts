import { jobKey, type JobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { BackendJobsSlice } from "./backendJobs.ts";
import type { RequestActionsSlice } from "./requestActions.ts";

/** The part of a store that a tracked request writes to. */
export interface RequestStore {
  getState: () => Pick<RequestActionsSlice, "registerRequestAction" | "completeRequestAction"> &
    Pick<BackendJobsSlice, "applyJobHint">;
}

/** What a tracked request says of itself. */
export interface TrackRequestOptions<Result> {
  /** What the indicator says while it is in flight. */
  label: string;
  /** The job that it is about, such as one that it stops. */
  about?: JobKey | undefined;
  /** The job that the answer holds, if it does: it is in the store before the request is gone. */
  job?: ((result: Result) => Job | undefined) | undefined;
  /** Called with the answer, while the request still shows. */
  onSuccess?: ((result: Result) => void) | undefined;
}

/**
 * Shows a request in the store for as long as it is in flight, and the job that its answer holds
 * from then on, so that there is no idle moment between the two.
 *
 * Settles as `send` does; what `job` or `onSuccess` throws rejects it too.
 */
export async function trackRequest<Result>(
  store: RequestStore,
  send: () => Result | Promise<Result>,
  { label, about, job, onSuccess }: TrackRequestOptions<Result>,
): Promise<Result> {
  const { registerRequestAction, completeRequestAction, applyJobHint } = store.getState();
  const action = registerRequestAction(label, about ?? (job && "new"));
  let begun: JobKey | undefined;
  try {
    const result = await send();
    const hint = job?.(result);
    if (hint) {
      begun = jobKey(hint);
      applyJobHint(hint, action.order);
    }
    onSuccess?.(result);
    return result;
  } finally {
    completeRequestAction(action.key, begun);
  }
}
