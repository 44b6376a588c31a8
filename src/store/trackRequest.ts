import type { Job, JobKey } from "../jobs/job.ts";
import type { BackendJobsSlice } from "./backendJobs.ts";
import { callHost, expectText } from "./hostCode.ts";
import type { RequestActionsSlice } from "./requestActions.ts";

/** What the indicator says of a request whose own label cannot be had. */
const defaultLabel = "Working…";

/** The part of a store that a tracked request writes to. */
export interface RequestStore {
  getState: () => RequestActionsSlice & Pick<BackendJobsSlice, "applyJobHint">;
}

/** What a tracked request says of itself. */
export interface TrackRequestOptions<Result> {
  /** What the indicator says while it is in flight. @default "Working…" */
  label?: string | undefined;
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
 * store throws surfaces as uncaught, and so does what is wrong with `label` or `about`; what is wrong
 * with the job goes to the sync's `onError`.
 */
export async function trackRequest<Result>(
  store: RequestStore,
  send: () => Result | Promise<Result>,
  { label = defaultLabel, about, job, onSuccess }: TrackRequestOptions<Result> = {},
): Promise<Result> {
  const { registerRequestAction, completeRequestAction, applyJobHint } = store.getState();
  const text = callHost(() => expectText("label", label)) ?? defaultLabel;
  const action = registerRequestAction(text, callHost(() => expectKey(about)) ?? (job && "new"));
  let begun: JobKey | undefined;
  try {
    const result = await send();
    callHost(() => {
      const hint = job?.(result);
      // A job may have been looked for in vain.
      const taken = hint && applyJobHint(hint, action.order);
      begun = taken?.key;
    });
    callHost(() => onSuccess?.(result));
    return result;
  } finally {
    completeRequestAction(action.key, begun);
  }
}

function expectKey(about: JobKey | undefined): JobKey | undefined {
  if (about) expectText("about", about);
  return about;
}
