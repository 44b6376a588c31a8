import { checkJob } from "../jobs/checkJob.ts";
import type { JobKey } from "../jobs/jobKinds.ts";
import type { Job } from "../jobs/wire.ts";
import type { BackendJobsSlice } from "./backendJobs.ts";
import { callHost, expectText, surface } from "./hostCode.ts";
import type { RequestAction, RequestActionsSlice } from "./requestActions.ts";

/** What the indicator says of a request whose own label cannot be had. */
export const defaultRequestLabel = "Working…";

/** The part of a store that a tracked request writes to. */
export interface RequestStore {
  getState: () => RequestActionsSlice & Pick<BackendJobsSlice, "applyJobHint">;
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
 * Sends in any case, and settles as `send` does. What `job`, `onSuccess` or a subscriber of the
 * store throws surfaces as uncaught, and so does what is wrong with `label`, `about` or the job.
 */
export async function trackRequest<Result>(
  store: RequestStore,
  send: () => Result | Promise<Result>,
  { label, about, job, onSuccess }: TrackRequestOptions<Result>,
): Promise<Result> {
  const action = register(store, label, about);
  try {
    const result = await send();
    callHost(() => applyHint(store, job?.(result), action?.order));
    callHost(() => onSuccess?.(result));
    return result;
  } finally {
    if (action) callHost(() => store.getState().completeRequestAction(action.key));
  }
}

function register(
  store: RequestStore,
  label: string,
  about: JobKey | undefined,
): RequestAction | undefined {
  const text = callHost(() => expectText("label", label)) ?? defaultRequestLabel;
  const key = callHost(() => expectKey(about));
  const { registerRequestAction, requestActions: before } = store.getState();
  const action = callHost(() => registerRequestAction(text, key));
  // Where a subscriber has thrown the request is in the store all the same.
  return action ?? Object.values(store.getState().requestActions).find((it) => !(it.key in before));
}

function expectKey(about: JobKey | undefined): JobKey | undefined {
  if (about) expectText("about", about);
  return about;
}

function applyHint(store: RequestStore, hint: unknown, askedAt: number | undefined): void {
  // A job may have been looked for in vain.
  if (hint) store.getState().applyJobHint(checkJob(hint, surface), askedAt);
}
