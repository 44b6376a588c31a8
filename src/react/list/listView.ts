import { useSyncExternalStore } from "react";
import type { Outcome, Phase } from "../../jobs/job.ts";
import type { ActivityState, ActivityStore } from "../../store/activityStore.ts";
import { elapsedMs } from "../../store/elapsed.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import type { RequestAction } from "../../store/requestActions.ts";
import {
  type ActiveAction,
  isQueued,
  selectActiveActions,
  selectClockOffset,
  selectIsUnknown,
  selectRecentJobs,
  selectSeenEnds,
} from "../../store/selectors.ts";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import {
  type CompleteIndicatorOptions,
  type IndicatorOptions,
  useCompleteOptions,
} from "../IndicatorOptions.ts";

/** Something that can be done about a row. */
export interface RowAction {
  readonly name: string;
  /** What its button says. */
  readonly label: string;
  /** The button's accessible name: "Stop Server · storefront". */
  readonly accessibleName: string;
  /** Whether something is under way about the row: then `run` does nothing. */
  readonly isBusy: boolean;
  readonly run: () => void;
}

/** A row of the list: a request, or a job that is active or has ended. */
export interface ActivityRow {
  readonly key: string;
  /** The phase or the outcome, for a sign. */
  readonly state: Phase | Outcome;
  readonly title: string;
  /** How it stands, how it ended, or why what was asked of it failed. */
  readonly status: string;
  readonly href: string | undefined;
  /** How long it has been going on at `now` (client time, epoch ms), in ms; absent of an ended one. */
  readonly elapsedMs?: (now: number) => number;
  /** How long it took, in ms; absent where nobody knows, or while it goes on. */
  readonly durationMs?: number;
  readonly actions: readonly RowAction[];
}

/** What the list shows, for a host that draws it with components of its own. */
export interface ActivityListView {
  /** What is going on, latest first. */
  readonly running: readonly ActivityRow[];
  /** What waits for its turn. */
  readonly queued: readonly ActivityRow[];
  /** What ended while this browser looked, newest first. */
  readonly recent: readonly ActivityRow[];
  /** Whether a source has not answered yet, so that there may be more. */
  readonly isUnknown: boolean;
  /** Notes that all ends were looked at: call it while the list is open. */
  readonly markAsRead: () => void;
  /** Takes all that has ended off the list. */
  readonly clearFinished: () => void;
}

/** What a row is about: an action, with the job that it is or is about; or a job that has ended. */
export type RowSubject =
  | { readonly action: RequestAction; readonly job?: undefined }
  | { readonly action: ActiveAction; readonly job: BackendJob }
  | { readonly action?: undefined; readonly job: EndedJob };

/** By which a row is found again when it moves to another section. */
export function keyOf(subject: RowSubject): string {
  return subject.job ? subject.job.key : subject.action.key;
}

/** All that is going on, as it stands in the sections of the list. */
export function useSections(): Record<"running" | "queued" | "recent", readonly RowSubject[]> {
  const actions = useActivity(selectActiveActions);
  const jobs = useActivity(({ backendJobs }) => backendJobs);
  const recent = useActivity(selectRecentJobs);
  const active = actions.map((action) => toSubject(action, jobs));
  return {
    running: active.filter(({ action, job }) => !isQueued(job ?? action)),
    queued: active.filter(({ action, job }) => isQueued(job ?? action)),
    recent: recent.map((job) => ({ job })),
  };
}

// A job keeps its row, and what can be done with it, while a request about it is in flight.
function toSubject(action: ActiveAction, jobs: ActivityState["backendJobs"]): ActiveSubject {
  if ("kind" in action) return { action, job: action };
  const { about } = action;
  const job = about === undefined || about === "new" ? undefined : jobs[about];
  return job ? { action, job } : { action };
}

type ActiveSubject = Exclude<RowSubject, { readonly action?: undefined }>;

/** Makes the row of a subject, as the options have it. */
export function toRow(
  subject: RowSubject,
  options: CompleteIndicatorOptions,
  store: ActivityStore,
): ActivityRow {
  if (!subject.job) {
    const { action } = subject;
    const { key, label: title } = action;
    const status = options.labels.requestStatus;
    const elapsed = (now: number) => elapsedMs(action, now, undefined);
    return {
      key,
      state: "working",
      title,
      status,
      href: undefined,
      elapsedMs: elapsed,
      actions: [],
    };
  }
  const { action, job } = subject;
  const { labels, jobHref, runner } = options;
  // What was asked of the job and shows nothing of yet.
  const asked = action && !("kind" in action) ? action.label : undefined;
  const failure = runner.failureOf(job);
  const usual = "phase" in job ? labels.status(job) : labels.outcome(job);
  const row = {
    key: job.key,
    title: labels.title(job),
    status: failure ? labels.refused(failure.action, failure.error) : (asked ?? usual),
    href: jobHref(job),
    actions: actionsOf(subject, options, store),
  };
  if (!("phase" in job)) {
    const { durationMs } = job;
    return { ...row, state: job.outcome, ...(durationMs !== undefined && { durationMs }) };
  }
  const elapsed = (now: number) =>
    elapsedMs(job, now, selectClockOffset(store.getState(), job.kind));
  return { ...row, state: job.phase, elapsedMs: elapsed };
}

function actionsOf(
  { action, job }: RowSubject,
  { labels, offersOf, runner }: CompleteIndicatorOptions,
  store: ActivityStore,
): RowAction[] {
  if (!job) return [];
  const title = labels.title(job);
  const isBusy = runner.isRunning(job.key) || (action !== undefined && !("kind" in action));
  const offered = offersOf(job).map((offer) => ({
    name: offer.name,
    label: offer.label,
    accessibleName: labels.actOn(offer.label, title),
    isBusy,
    run: () => isBusy || runner.run(job, offer),
  }));
  if ("phase" in job) return offered;
  const dismiss = {
    name: "dismiss",
    label: labels.dismiss,
    accessibleName: labels.actOn(labels.dismiss, title),
    isBusy: false,
    run: () => store.getState().setReadState([job.key], "dismissed"),
  };
  return [...offered, dismiss];
}

/** Notes that the ends which nobody has looked at were looked at. */
export function markAsRead(store: ActivityStore): void {
  const unread = selectSeenEnds(store.getState()).filter((job) => job.readState === "unread");
  if (unread.length === 0) return;
  store.getState().setReadState(
    unread.map(({ key }) => key),
    "read",
  );
}

/** Takes all that has ended off the list. */
export function clearFinished(store: ActivityStore): void {
  const keys = selectSeenEnds(store.getState()).map(({ key }) => key);
  store.getState().setReadState(keys, "dismissed");
}

/**
 * The rows of the list with all that can be done about them, for a host that draws them with its own
 * components; renders anew with every change. For times that tick give `useNow()` to `elapsedMs`.
 */
export function useActivityList(options: IndicatorOptions = {}): ActivityListView {
  const complete = useCompleteOptions(options);
  const store = useActivityStore();
  const isUnknown = useActivity(selectIsUnknown);
  const sections = useSections();
  const { runner } = complete;
  useSyncExternalStore(runner.subscribe, runner.read, runner.read);
  const rows = (subjects: readonly RowSubject[]) =>
    subjects.map((subject) => toRow(subject, complete, store));
  return {
    running: rows(sections.running),
    queued: rows(sections.queued),
    recent: rows(sections.recent),
    isUnknown,
    markAsRead: () => markAsRead(store),
    clearFinished: () => clearFinished(store),
  };
}
