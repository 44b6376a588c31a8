import type { ActivityState } from "../store/activityStore.ts";
import { selectIsUnknown, sourcesIn } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";
import type { IndicatorLabels } from "./labels.ts";
import { type Sign, StateSign } from "./StateSign.tsx";

type Connection = ActivityState["connection"];

/** How far the list can be believed, in words. */
export function ListFooter() {
  const labels = useLabels();
  const connection = useActivity((state) => state.connection);
  return (
    <p className="active-indicator-footer">
      <StateSign sign={signOf(connection)} />
      {/* By itself, so that a page translation, which wraps each text, does not keep it as it is. */}
      <span>{wordsOf(connection, labels)}</span>
    </p>
  );
}

function wordsOf(connection: Connection, labels: IndicatorLabels): string {
  const all = sourcesIn(connection);
  const lost = all.filter(({ status }) => status === "lost");
  const errors = lost.map(({ error }) => error ?? "").join(" ");
  if (lost.length > 0 && selectIsUnknown({ connection }))
    return `${labels.connecting} ${errors}`.trim();
  if (lost.length > 0) return labels.lost(errors);
  if (all.length === 0) return labels.off;
  return isLive(connection) ? labels.live : labels.connecting;
}

function signOf(connection: Connection): Sign {
  return isLive(connection) ? "steady" : "lost";
}

function isLive(connection: Connection): boolean {
  const all = sourcesIn(connection);
  return all.length > 0 && all.every(({ status }) => status === "live");
}
