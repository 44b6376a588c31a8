import { useEffect } from "react";
import { useActivityStore } from "../../react.ts";
import { IndicatorOptionsContext, useCompleteOptions } from "../../react/IndicatorOptions.ts";
import { OpenList } from "../../react/list/OpenList.tsx";
import type { StopRequests } from "../../react/list/jobActions.ts";
import { useSampleOptions } from "./useSampleOptions.ts";

/** Props of {@link ListSample}. */
export interface ListSampleProps {
  /** Why no job can be stopped, after somebody has tried; absent if nobody has. */
  refusal: string | undefined;
}

/** The open list by itself: of real popovers a page shows no more than one. */
export function ListSample({ refusal }: ListSampleProps) {
  const options = useCompleteOptions(useSampleOptions());
  useRefusal(options.stops, refusal);
  return (
    <IndicatorOptionsContext.Provider value={options}>
      <div className="active-indicator list-sample">
        <div className="active-indicator-list">
          <OpenList />
        </div>
      </div>
    </IndicatorOptionsContext.Provider>
  );
}

function useRefusal(stops: StopRequests, refusal: string | undefined): void {
  const store = useActivityStore();
  useEffect(() => {
    if (refusal === undefined) return;
    const refuse = () => Promise.reject(new Error(refusal));
    const jobs = Object.values(store.getState().backendJobs);
    for (const job of jobs) if (job.kind === "run") stops.request(job, refuse);
  }, [store, stops, refusal]);
}
