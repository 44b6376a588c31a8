import type { ActivityState } from "../store/activityStore.ts";
import { selectIsUnknown } from "../store/selectors.ts";
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
      {wordsOf(connection, labels)}
    </p>
  );
}

function wordsOf(connection: Connection, labels: IndicatorLabels): string {
  const all = Object.values(connection);
  const lost = all.filter(({ status }) => status === "lost");
  const errors = lost.map(({ error }) => error ?? "").join(" ");
  if (lost.length > 0 && selectIsUnknown({ connection }))
    return `${labels.connecting} ${errors}`.trim();
  if (lost.length > 0) return labels.lost(errors);
  if (all.every(({ status }) => status === "off")) return labels.off;
  return isLive(connection) ? labels.live : labels.connecting;
}

function signOf(connection: Connection): Sign {
  return isLive(connection) ? "steady" : "lost";
}

function isLive(connection: Connection): boolean {
  return Object.values(connection).every(({ status }) => status === "live");
}
