import {
  type BackendJob,
  elapsedMs,
  formatElapsed,
  isoDuration,
  selectClockOffset,
} from "../../index.ts";
import { useActivity, useNow } from "../../react.ts";

/** A duration in ms that stands. */
export function Duration({ ms }: { ms: number }) {
  return (
    <time className="figures" dateTime={isoDuration(ms)}>
      {formatElapsed(ms)}
    </time>
  );
}

/** How long a job has been active, counted anew from its start each second. */
export function Elapsed({ job }: { job: BackendJob }) {
  const clockOffsetMs = useActivity((state) => selectClockOffset(state, job.kind));
  return <Duration ms={elapsedMs(job, useNow(), clockOffsetMs)} />;
}
