import { useSyncExternalStore } from "react";
import type { BackendJob } from "../store/entries.ts";
import { type ActiveAction, phaseOf, selectClockOffset } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { elapsedMs } from "./elapsed.ts";
import { useIndicatorOptions } from "./IndicatorOptions.ts";
import { ListRow } from "./ListRow.tsx";
import type { StopRequest } from "./stopRequests.ts";

/** Props of {@link ActiveRow}. */
export interface ActiveRowProps {
  action: ActiveAction;
  /** The job that it is, or that it is about. */
  job?: BackendJob | undefined;
  /** The time, epoch ms. */
  now: number;
}

/** The row of something that is going on. */
export function ActiveRow({ action, job, now }: ActiveRowProps) {
  const { labels, jobHref } = useIndicatorOptions();
  const { kind = "" } = job ?? ("kind" in action ? action : {});
  const clockOffsetMs = useActivity((state) => selectClockOffset(state, kind));
  const durationMs = elapsedMs(job ?? action, now, clockOffsetMs);
  if (job) {
    const asked = "kind" in action ? undefined : action.label;
    return <JobRow job={job} asked={asked} durationMs={durationMs} href={jobHref?.(job)} />;
  }
  const { key, label } = action;
  const { requestStatus: status } = labels;
  return <ListRow id={key} sign="working" title={label} status={status} durationMs={durationMs} />;
}

interface JobRowProps {
  job: BackendJob;
  /** What was asked of it and shows nothing of yet. */
  asked: string | undefined;
  durationMs: number;
  href: string | undefined;
}

function JobRow({ job, asked, durationMs, href }: JobRowProps) {
  const { labels, onStopJob, canStopJob } = useIndicatorOptions();
  const stop = useStopRequest(job);
  const status =
    stop?.status === "failed" ? labels.notStopped(stop.error) : (asked ?? labels.status(job));

  return (
    <ListRow
      id={job.key}
      sign={phaseOf(job)}
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
