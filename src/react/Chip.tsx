import { badgeOf, selectUnreadFailures } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";
import { StateSign } from "./StateSign.tsx";
import { useCalmActions } from "./useCalmActions.ts";
import { useIsLastKnown } from "./useIsLastKnown.ts";

/** What is in the header: a button that names what is happening and opens the list. */
export function Chip() {
  const labels = useLabels();
  const { label, pace, count } = useCalmActions();
  const failures = useActivity(selectUnreadFailures);
  const isLastKnown = useIsLastKnown();
  const badge = badgeOf(count);
  const failed = failures > 0 ? labels.failed(failures) : undefined;
  const lastKnown = isLastKnown ? labels.lastKnown : undefined;
  const visible = [label, lastKnown, badge, failed].filter((text) => text !== undefined).join(" ");

  return (
    <button
      type="button"
      className="active-indicator-chip"
      aria-haspopup="dialog"
      // What is seen is part of the name, so that it can be spoken to (WCAG 2.2, 2.5.3).
      aria-label={
        count === 0
          ? `${visible && labels.sentence(visible)} ${labels.noActions}`.trim()
          : labels.actionsInProgress(count, visible)
      }
      data-busy={count > 0}
    >
      {/* In the chip all that is not steady is under way, what is queued too. */}
      <StateSign sign={pace === "queued" ? "working" : pace} />
      {/* Words have their own direction, whatever that of the page is. */}
      <span className="active-indicator-label" dir="auto">
        {label}
      </span>
      {/* A space before words: whoever reads the text alone must not run into them. */}
      {lastKnown && <span className="active-indicator-last-known">{` ${lastKnown}`}</span>}
      {badge && (
        <span className="active-indicator-badge" dir="ltr">
          {badge}
        </span>
      )}
      {failed && (
        <span className="active-indicator-failed" dir="auto">
          {` ${failed}`}
        </span>
      )}
    </button>
  );
}
