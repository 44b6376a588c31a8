import { badgeOf } from "../../store/selectors.ts";
import { type ChipView, useChipView } from "./chipView.ts";
import { useLabels } from "../IndicatorOptions.ts";
import { type Sign, StateSign } from "./StateSign.tsx";

/** What is in the header: a button that names what is happening and opens the list. */
export function Chip() {
  const labels = useLabels();
  const { label, phase, count, failures, isLastKnown } = useChipView(labels);
  const isUnknown = phase === "unknown";
  const badge = badgeOf(count);
  const failed = failures > 0 ? labels.failed(failures) : undefined;
  // Where nothing is known there is no last of it.
  const lastKnown = isLastKnown && !isUnknown ? labels.lastKnown : undefined;
  const visible = [label, lastKnown, badge, failed].filter((text) => text !== undefined).join(" ");

  return (
    <button
      type="button"
      className="active-indicator-chip"
      data-part="chip"
      data-state={phase}
      aria-haspopup="dialog"
      // What is seen is part of the name, so that it can be spoken to (WCAG 2.2, 2.5.3).
      aria-label={
        count === 0
          ? `${visible && labels.sentence(visible)} ${isUnknown ? labels.notKnown : labels.noActions}`.trim()
          : labels.actionsInProgress(count, visible)
      }
      data-busy={count > 0}
      data-unknown={isUnknown}
    >
      <StateSign sign={signOf(phase)} />
      {/* A text has its own direction, whatever that of the page is. */}
      <span className="active-indicator-label" dir="auto" data-idle={labels.idle}>
        {label}
      </span>
      {/* A space before it: whoever reads the text alone must not run two words together. */}
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

function signOf(phase: ChipView["phase"]): Sign {
  if (phase === "unknown") return "lost";
  // In the chip all that is not steady is under way, what is queued too.
  return phase === "queued" ? "working" : phase;
}
