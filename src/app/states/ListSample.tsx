import { useEffect, useMemo, useState } from "react";
import { useActivityStore } from "../../react.ts";
import { IndicatorOptionsContext } from "../../react/IndicatorOptions.ts";
import { defaultLabels } from "../../react/labels.ts";
import { OpenList } from "../../react/OpenList.tsx";
import { createStopRequests, type StopRequests } from "../../react/stopRequests.ts";
import { useSampleOptions } from "./useSampleOptions.ts";

/** Props of {@link ListSample}. */
export interface ListSampleProps {
  /** Why no job can be stopped, after somebody has tried; absent if nobody has. */
  refusal: string | undefined;
}

/** The open list by itself: of real popovers a page shows no more than one. */
export function ListSample({ refusal }: ListSampleProps) {
  const given = useSampleOptions();
  const [stops] = useState(createStopRequests);
  const options = useMemo(() => ({ labels: defaultLabels, stops, ...given }), [given, stops]);
  useRefusal(stops, refusal);
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
