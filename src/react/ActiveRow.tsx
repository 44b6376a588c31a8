import { useSyncExternalStore } from "react";
import type { BackendJob } from "../store/jobEntries.ts";
import { type ActiveAction, paceOf, selectClockOffset } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { elapsedMs } from "./elapsed.ts";
import { useIndicatorOptions } from "./IndicatorOptions.ts";
import { ListRow } from "./ListRow.tsx";
import type { StopRequest } from "./stopRequests.ts";

/** Props of {@link ActiveRow}. */
export interface ActiveRowProps {
  action: ActiveAction;
  /** The time, epoch ms. */
  now: number;
}

/** The row of something that is going on. */
export function ActiveRow({ action, now }: ActiveRowProps) {
  const { labels, jobHref } = useIndicatorOptions();
  const clockOffsetMs = useActivity(selectClockOffset);
  const durationMs = elapsedMs(action, now, clockOffsetMs);
  if (!("kind" in action)) {
    const { key, label } = action;
    const { requestStatus: status } = labels;
    return (
      <ListRow id={key} sign="working" title={label} status={status} durationMs={durationMs} />
    );
  }
  return <JobRow job={action} durationMs={durationMs} href={jobHref(action)} />;
}

interface JobRowProps {
  job: BackendJob;
  durationMs: number;
  href: string | undefined;
}

function JobRow({ job, durationMs, href }: JobRowProps) {
  const { labels, onStopJob, canStopJob } = useIndicatorOptions();
  const stop = useStopRequest(job);
  const status = stop?.status === "failed" ? labels.notStopped(stop.error) : labels.status(job);

  return (
    <ListRow
      id={job.key}
      sign={paceOf(job)}
      title={labels.title(job)}
      href={href}
      status={status}
      durationMs={durationMs}
      action={
        onStopJob && canStopJob(job) ? (
          <StopButton job={job} isSent={stop?.status === "sent"} />
        ) : undefined
      }
    />
  );
}

function StopButton({ job, isSent }: { job: BackendJob; isSent: boolean }) {
  const { labels, stops, onStopJob } = useIndicatorOptions();
  return (
    <button
      type="button"
      aria-label={labels.actOn(labels.stop, labels.title(job))}
      // Not `disabled`, which would take the focus away from whoever has just pressed it.
      aria-disabled={isSent}
      onClick={() => onStopJob && stops.request(job, onStopJob)}
    >
      {labels.stop}
    </button>
  );
}

function useStopRequest(job: BackendJob): StopRequest | undefined {
  const { stops } = useIndicatorOptions();
  return useSyncExternalStore(
    stops.subscribe,
    () => stops.find(job),
    () => undefined,
  );
}
