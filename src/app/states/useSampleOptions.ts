import { drive } from "../../../test/support/drive.ts";
import { useMemo } from "react";
import { type IndicatorOptions, useActivityStore } from "../../react.ts";

/** What a host gives the indicator, as far as a store without a backend can do it. */
export function useSampleOptions(): IndicatorOptions {
  const store = useActivityStore();
  return useMemo(
    () => ({
      jobHref: () => "#main",
      onStopJob: (job) => drive(store).applyJobUpdates([{ ...job, status: "stopping" }]),
      canStopJob: ({ kind, status }) => kind === "run" && status !== "stopping",
    }),
    [store],
  );
}
