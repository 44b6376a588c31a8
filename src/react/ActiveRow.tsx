import { useState } from "react";
import type { ActivityState } from "../store/activityStore.ts";
import type { BackendJob } from "../store/jobEntries.ts";
import { type ActiveAction, paceOf } from "../store/selectors.ts";
import { useActivity } from "./ActivityStoreContext.ts";
import { elapsedMs } from "./elapsed.ts";
import { useIndicatorOptions } from "./IndicatorOptions.ts";
import { ListRow } from "./ListRow.tsx";

const selectClockOffset = ({ connection }: ActivityState) => connection.builds.clockOffsetMs;

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
  return <JobRow job={action} durationMs={durationMs} href={jobHref?.(action)} />;
}

interface JobRowProps {
  job: BackendJob;
  durationMs: number;
  href: string | undefined;
}

function JobRow({ job, durationMs, href }: JobRowProps) {
  const { labels, onStopJob, canStopJob = isNotStopping } = useIndicatorOptions();
  const [error, setError] = useState<string>();
  const status = error === undefined ? labels.status(job) : labels.notStopped(error);

  async function stop(): Promise<void> {
    setError(undefined);
    try {
      await onStopJob?.(job);
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  return (
    <ListRow
      id={job.key}
      sign={paceOf(job)}
      title={labels.title(job)}
      href={href}
      status={status}
      durationMs={durationMs}
      action={
        onStopJob &&
        canStopJob(job) && (
          <button
            type="button"
            aria-label={labels.actOn(labels.stop, labels.title(job))}
            onClick={() => void stop()}
          >
            {labels.stop}
          </button>
        )
      }
    />
  );
}

function isNotStopping({ status }: BackendJob): boolean {
  return status !== "stopping";
}
