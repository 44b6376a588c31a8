import { type ReactNode, useSyncExternalStore } from "react";
import { elapsedMs, formatElapsed, isoDuration } from "../../store/elapsed.ts";
import { type Sign, StateSign } from "../chip/StateSign.tsx";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import { type ActiveAction, phaseOf, selectClockOffset } from "../../store/selectors.ts";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import { useIndicatorOptions } from "../IndicatorOptions.ts";
import type { StopRequest } from "./jobActions.ts";

/** Props of {@link ListRow}. */
export interface ListRowProps {
  /** By which it is found again when it moves to another section. */
  id: string;
  sign: Sign;
  title: string;
  href?: string | undefined;
  /** How it stands, in words. */
  status: string;
  /** How long it took or has taken, in ms; absent where nobody knows. */
  durationMs?: number | undefined;
  /** What can be done about it. */
  action?: ReactNode;
}

/** One row of the list: sign, what it is, how it stands, how long, and what can be done. */
function ListRow(props: ListRowProps) {
  const { id, sign, title, href, status, durationMs, action } = props;
  return (
    <li className="active-indicator-row" data-key={id} data-sign={sign} tabIndex={-1}>
      <StateSign sign={sign} />
      <div className="active-indicator-what">
        {/* Words have their own direction, whatever that of the page is. */}
        <bdi>{href === undefined ? title : <a href={href}>{title}</a>}</bdi>
        <small>
          <bdi>{status}</bdi>
        </small>
      </div>
      {durationMs !== undefined && (
        <time dateTime={isoDuration(durationMs)}>{formatElapsed(durationMs)}</time>
      )}
      {action}
    </li>
  );
}

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

/** The row of a job that has ended. */
export function EndedRow({ job }: { job: EndedJob }) {
  const { labels, jobHref } = useIndicatorOptions();
  const store = useActivityStore();
  const title = labels.title(job);

  return (
    <ListRow
      id={job.key}
      sign={job.outcome}
      title={title}
      href={jobHref(job)}
      status={labels.outcome(job)}
      durationMs={job.durationMs}
      action={
        <button
          type="button"
          aria-label={labels.actOn(labels.dismiss, title)}
          onClick={() => store.getState().setReadState([job.key], "dismissed")}
        >
          {labels.dismiss}
        </button>
      }
    />
  );
}
