import { formatAgo, selectClockOffset } from "../../index.ts";
import { useActivity, useNow } from "../../react.ts";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** How long ago `at` was (server time, epoch ms), with the exact time on hovering. */
export function Ago({ at }: { at: number }) {
  const clockOffsetMs = useActivity((state) => selectClockOffset(state, "build")) ?? 0;
  const now = useNow();
  const date = new Date(at);
  return (
    <time className="figures" dateTime={date.toISOString()} title={exact.format(date)}>
      {formatAgo(now + clockOffsetMs - at)}
    </time>
  );
}
