import type { ActivityState } from "../store/activityStore.ts";
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

function wordsOf({ runs, builds }: Connection, labels: IndicatorLabels): string {
  const both = [runs, builds];
  const lost = both.filter(({ status }) => status === "lost");
  if (lost.length > 0) return labels.lost(lost.map(({ error }) => error ?? "").join(" "));
  if (both.every(({ status }) => status === "off")) return labels.off;
  return both.every(({ status }) => status === "live") ? labels.live : labels.connecting;
}

function signOf({ runs, builds }: Connection): Sign {
  return runs.status === "live" && builds.status === "live" ? "steady" : "lost";
}
