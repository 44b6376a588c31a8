import { formatDuration } from "./formatDuration.ts";
import { useNowBySeconds } from "./useNow.ts";

/** A duration in ms that stands. */
export function Duration({ ms }: { ms: number }) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return (
    <time className="figures" dateTime={`PT${seconds}S`}>
      {formatDuration(ms)}
    </time>
  );
}

/** The time since `since` (epoch ms), counted anew from there each second. */
export function Elapsed({ since }: { since: number }) {
  return <Duration ms={useNowBySeconds() - since} />;
}
