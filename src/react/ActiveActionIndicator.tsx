import { selectAccessibleName, selectBadge, selectLabel, selectPace } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";

/**
 * The header's chip: what the app is doing right now, and how much more. Blue when busy, gray when
 * idle. Its styles are in `ActiveActionIndicator.css`, its colours custom properties that begin
 * with `--active-indicator-`.
 */
export function ActiveActionIndicator() {
  const label = useActivity(selectLabel);
  const badge = useActivity(selectBadge);
  const pace = useActivity(selectPace);
  const name = useActivity(selectAccessibleName);
  const isBusy = pace !== "idle";

  return (
    <div
      className="active-indicator"
      role="status"
      aria-label={name}
      data-busy={isBusy}
      data-pace={pace}
    >
      <span className="active-indicator-sign" aria-hidden="true" />
      <span className="active-indicator-label" title={label}>
        {label}
      </span>
      {badge !== undefined && <span className="active-indicator-badge">{badge}</span>}
    </div>
  );
}
