import { useEffect } from "react";
import { useActivityStore } from "../../react.ts";
import {
  type CompleteIndicatorOptions,
  IndicatorOptionsContext,
  useCompleteOptions,
} from "../../react/IndicatorOptions.ts";
import { OpenList } from "../../react/list/OpenList.tsx";
import { useSampleOptions } from "./useSampleOptions.ts";

/** Props of {@link ListSample}. */
export interface ListSampleProps {
  /** Why no job can be stopped, after somebody has tried; absent if nobody has. */
  refusal: string | undefined;
}

/** The open list by itself: of real popovers a page shows no more than one. */
export function ListSample({ refusal }: ListSampleProps) {
  const options = useCompleteOptions(useSampleOptions());
  useRefusal(options, refusal);
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

function useRefusal(
  { runner, offersOf }: CompleteIndicatorOptions,
  refusal: string | undefined,
): void {
  const store = useActivityStore();
  useEffect(() => {
    if (refusal === undefined) return;
    const act = () => Promise.reject(new Error(refusal));
    for (const job of Object.values(store.getState().backendJobs))
      for (const offer of offersOf(job)) runner.run(job, { ...offer, act });
  }, [store, runner, offersOf, refusal]);
}
