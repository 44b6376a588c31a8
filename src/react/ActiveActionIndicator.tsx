import { useId, useMemo, useState } from "react";
import { ActivityList } from "./ActivityList.tsx";
import { Chip } from "./Chip.tsx";
import { type IndicatorOptions, IndicatorOptionsContext } from "./IndicatorOptions.ts";
import { completeLabels, type IndicatorLabels } from "./labels.ts";
import { LiveRegion } from "./LiveRegion.tsx";
import { createStopRequests } from "./stopRequests.ts";

/** Props of {@link ActiveActionIndicator}. */
export interface ActiveActionIndicatorProps extends IndicatorOptions {
  /** Words in place of the default ones; keep the object the same between renders. */
  labels?: Partial<IndicatorLabels> | undefined;
}

/**
 * The header's indicator: a chip that names what the app is doing right now and how much more, blue
 * when busy and gray when idle, and behind it the list of everything that is going on or has just
 * ended. Its styles are in `ActiveActionIndicator.css`, its colours custom properties that begin
 * with `--active-indicator-`.
 */
export function ActiveActionIndicator(props: ActiveActionIndicatorProps) {
  const { labels, jobHref, onStopJob, canStopJob } = props;
  const listId = useId();
  const [stops] = useState(createStopRequests);
  // By itself: a host may well give other functions on each render, and the words stay the same.
  const words = useMemo(() => completeLabels(labels), [labels]);
  const options = useMemo(
    () => ({ labels: words, jobHref, onStopJob, canStopJob, stops }),
    [words, jobHref, onStopJob, canStopJob, stops],
  );

  return (
    <IndicatorOptionsContext.Provider value={options}>
      <span className="active-indicator">
        <Chip listId={listId} />
        <ActivityList id={listId} />
        <LiveRegion />
      </span>
    </IndicatorOptionsContext.Provider>
  );
}
