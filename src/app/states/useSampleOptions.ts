import { runs } from "../../index.ts";
import { internalsOf } from "../../store/storeWriter.ts";
import { useMemo } from "react";
import { type IndicatorOptions, useActivityStore } from "../../react.ts";

/** What a host gives the indicator, as far as a store without a backend can do it. */
export function useSampleOptions(): IndicatorOptions {
  const store = useActivityStore();
  return useMemo(
    () => ({
      jobHref: () => "#main",
      onStopJob: ({ id, target }) =>
        internalsOf(store).applyJobUpdates([
          runs.parse({ id, projectId: target ?? "", status: "stopping", createdAt: "", logs: [] }),
        ]),
      canStopJob: ({ kind, status }) => kind === "run" && status !== "stopping",
    }),
    [store],
  );
}
