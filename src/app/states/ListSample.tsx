import { useMemo, useState } from "react";
import { IndicatorOptionsContext } from "../../react/IndicatorOptions.ts";
import { defaultLabels } from "../../react/labels.ts";
import { OpenList } from "../../react/OpenList.tsx";
import { createStopRequests } from "../../react/stopRequests.ts";
import { useSampleOptions } from "./useSampleOptions.ts";

/** The open list by itself: of real popovers a page shows no more than one. */
export function ListSample() {
  const given = useSampleOptions();
  const [stops] = useState(createStopRequests);
  const options = useMemo(() => ({ labels: defaultLabels, stops, ...given }), [given, stops]);
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
