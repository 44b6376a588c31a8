import type { JobAnswer } from "../http/parseJobAnswer.ts";
import type { BackendJob } from "../../index.ts";
import { type AsyncAction, useAsyncAction } from "../../react.ts";
import { useApi } from "../services.ts";

/** Stops a run. It is busy until the run has stopped, which may take minutes. */
export function useStopRun(): AsyncAction<[run: BackendJob], JobAnswer> {
  const api = useApi();
  return useAsyncAction((run: BackendJob) => api.stopRun(run.id), {
    label: (run) => `Stopping server • ${run.title ?? run.id}`,
    about: ({ key }) => key,
    job: (answer) => answer.job,
  });
}
