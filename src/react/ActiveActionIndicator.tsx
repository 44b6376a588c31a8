import { useId, useMemo } from "react";
import { ActivityList } from "./ActivityList.tsx";
import { Chip } from "./Chip.tsx";
import { type IndicatorOptions, IndicatorOptionsContext } from "./IndicatorOptions.ts";
import { completeLabels, type IndicatorLabels } from "./labels.ts";
import { LiveRegion } from "./LiveRegion.tsx";

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
  const options = useMemo(
    () => ({ labels: completeLabels(labels), jobHref, onStopJob, canStopJob }),
    [labels, jobHref, onStopJob, canStopJob],
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
