import type { BackendJob } from "../../index.ts";
import { type AsyncAction, type StoredJob, useAsyncAction } from "../../react.ts";
import type { JobAnswer } from "../http/parseJobAnswer.ts";
import { useApi } from "../services.ts";

/** Stops a run. It is busy until the run has stopped, which may take minutes. */
export function useStopRun(): AsyncAction<[run: BackendJob], JobAnswer> {
  const api = useApi();
  return useAsyncAction((run: BackendJob) => api.stopRun(run.id), {
    label: stoppingLabel,
    about: ({ key }) => key,
    job: (answer) => answer.job,
  });
}

/** What the indicator says while the backend stops a run. */
export function stoppingLabel({ title, id }: StoredJob): string {
  return `Stopping server • ${title ?? id}`;
}
