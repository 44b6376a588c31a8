import { memo, type ReactNode, useSyncExternalStore } from "react";
import { elapsedMs, formatElapsed, isoDuration } from "../../store/elapsed.ts";
import { type Sign, StateSign } from "../chip/StateSign.tsx";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import { type ActiveAction, selectClockOffset } from "../../store/selectors.ts";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import { useIndicatorOptions } from "../IndicatorOptions.ts";
import type { StoredJob } from "../jobActions.ts";
import { useNow } from "./useNow.ts";

interface ListRowProps {
  /** By which it is found again when it moves to another section. */
  id: string;
  sign: Sign;
  title: string;
  href?: string | undefined;
  /** How it stands, as a text. */
  status: string;
  /** How long it took or has taken. */
  duration?: ReactNode;
  /** Buttons for what can be done about it. */
  children?: ReactNode;
}

/** One row of the list: sign, what it is, how it stands, how long, and what can be done. */
function ListRow(props: ListRowProps) {
  const { id, sign, title, href, status, duration, children } = props;
  return (
    <li className="active-indicator-row" data-key={id} data-sign={sign} tabIndex={-1}>
      <StateSign sign={sign} />
      <div className="active-indicator-what">
        {/* A text has its own direction, whatever that of the page is. */}
        <bdi>{href === undefined ? title : <a href={href}>{title}</a>}</bdi>
        <small>
          <bdi>{status}</bdi>
        </small>
      </div>
      {duration}
      {children}
    </li>
  );
}

function Duration({ ms }: { ms: number }) {
  return <time dateTime={isoDuration(ms)}>{formatElapsed(ms)}</time>;
}

// It ticks by itself, so that nothing around it renders anew.
function Elapsed({ action }: { action: ActiveAction }) {
  const kind = "kind" in action ? action.kind : "";
  const clockOffsetMs = useActivity((state) => selectClockOffset(state, kind));
  return <Duration ms={elapsedMs(action, useNow(), clockOffsetMs)} />;
}

/** Props of {@link ActiveRow}. */
export interface ActiveRowProps {
  action: ActiveAction;
  /** The job that it is, or that it is about. */
  job?: BackendJob | undefined;
}

/** The row of something that is going on; renders anew only when that changes. */
export const ActiveRow = memo(({ action, job }: ActiveRowProps) => {
  const { labels } = useIndicatorOptions();
  const duration = <Elapsed action={job ?? action} />;
  if (!job) {
    const { key, label } = action;
    const { requestStatus } = labels;
    return (
      <ListRow id={key} sign="working" title={label} status={requestStatus} duration={duration} />
    );
  }
  // What was asked of the job and shows nothing of yet.
  const asked = "kind" in action ? undefined : action.label;
  const status = asked ?? labels.status(job);
  return (
    <JobRow job={job} sign={job.phase} status={status} duration={duration} isAsked={!!asked} />
  );
});

/** The row of a job that has ended; renders anew only when that changes. */
export const EndedRow = memo(({ job }: { job: EndedJob }) => {
  const { labels } = useIndicatorOptions();
  const store = useActivityStore();
  const { durationMs } = job;
  return (
    <JobRow
      job={job}
      sign={job.outcome}
      status={labels.outcome(job)}
      duration={durationMs !== undefined && <Duration ms={durationMs} />}
      isAsked={false}
    >
      <button
        type="button"
        aria-label={labels.actOn(labels.dismiss, labels.title(job))}
        onClick={() => store.getState().setReadState([job.key], "dismissed")}
      >
        {labels.dismiss}
      </button>
    </JobRow>
  );
});

interface JobRowProps extends Pick<ListRowProps, "sign" | "status" | "duration" | "children"> {
  job: StoredJob;
  /** Whether a request about the job is in flight. */
  isAsked: boolean;
}

function JobRow({ job, sign, status, duration, isAsked, children }: JobRowProps) {
  const { labels, jobHref, offersOf, runner } = useIndicatorOptions();
  const title = labels.title(job);
  const failure = useSyncExternalStore(
    runner.subscribe,
    () => runner.failureOf(job),
    () => undefined,
  );
  const isRunning = useSyncExternalStore(
    runner.subscribe,
    () => runner.isRunning(job.key),
    () => false,
  );

  return (
    <ListRow
      id={job.key}
      sign={sign}
      title={title}
      href={jobHref(job)}
      status={failure ? labels.refused(failure.action, failure.error) : status}
      duration={duration}
    >
      {offersOf(job).map((action) => (
        <button
          key={action.name}
          type="button"
          aria-label={labels.actOn(action.label, title)}
          // Not `disabled`, which would take the focus away from whoever has just pressed it.
          aria-disabled={isRunning || isAsked}
          onClick={() => !isAsked && runner.run(job, action)}
        >
          {action.label}
        </button>
      ))}
      {children}
    </ListRow>
  );
}
