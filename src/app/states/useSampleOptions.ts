import { useMemo } from "react";
import { type BackendJob, type RunJob, runs } from "../../index.ts";
import type { IndicatorOptions } from "../../react.ts";

/**
 * What a host gives the indicator, as far as that can be done without a backend. With a `refusal`
 * no server can be stopped, and that is why.
 */
export function useSampleOptions(refusal?: string): IndicatorOptions {
  return useMemo(
    () => ({
      jobHref: () => "#main",
      canStopJob: ({ kind, status }) => kind === "run" && status !== "stopping",
      async onStopJob(job) {
        if (refusal !== undefined) throw new Error(refusal);
        return runs.parse(stoppingRun(job));
      },
    }),
    [refusal],
  );
}

// What a backend answers to Stop.
function stoppingRun({ id, target = "", startedAt }: BackendJob): RunJob {
  const createdAt = new Date(startedAt).toISOString();
  return { id, projectId: target, status: "stopping", createdAt, logs: [] };
}
