import { ActivityList } from "./list/ActivityList.tsx";
import { Chip } from "./chip/Chip.tsx";
import {
  type IndicatorOptions,
  IndicatorOptionsContext,
  useCompleteOptions,
} from "./IndicatorOptions.ts";
import { LiveRegion } from "./announce/LiveRegion.tsx";

/** Props of {@link ActiveActionIndicator}. */
export interface ActiveActionIndicatorProps extends IndicatorOptions {
  /** A class of the host's own for the element around it. */
  className?: string | undefined;
  /** Whether what begins and ends is announced to screen readers. @default true */
  announce?: boolean | undefined;
}

/**
 * The header's indicator: a chip that names what the app is doing right now and how much more, blue
 * when busy and gray when idle, and behind it the list of everything that is going on or has just
 * ended. Its styles are in `ActiveActionIndicator.css`, its colours custom properties that begin
 * with `--active-indicator-`.
 */
export function ActiveActionIndicator(props: ActiveActionIndicatorProps) {
  const { announce = true, className, ...given } = props;
  const options = useCompleteOptions(given);
  return (
    <IndicatorOptionsContext.Provider value={options}>
      <span className={`active-indicator ${className ?? ""}`.trim()} ref={connect}>
        <Chip />
        <ActivityList />
        {announce && <LiveRegion />}
      </span>
    </IndicatorOptionsContext.Provider>
  );
}

// By hand, since React 18 and 19 spell the attribute differently; and by the element, since the ids
// of two copies of React on one page are the same: a chip would open the other one's list.
function connect(indicator: HTMLElement | null): void {
  const chip = indicator?.querySelector("button");
  if (chip) chip.popoverTargetElement = indicator?.querySelector("[popover]") ?? null;
}
