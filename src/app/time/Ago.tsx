import { formatAgo } from "./formatAgo.ts";
import { useNowByHalfMinutes } from "./useNow.ts";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** How long ago `at` (epoch ms) was, with the exact time on hovering. */
export function Ago({ at }: { at: number }) {
  const now = useNowByHalfMinutes();
  const date = new Date(at);
  return (
    <time className="figures" dateTime={date.toISOString()} title={exact.format(date)}>
      {formatAgo(at, now)}
    </time>
  );
}
