import { useSyncExternalStore } from "react";
import type { JobKey, Outcome, Phase } from "../../jobs/job.ts";
import type { ActivityState, ActivityStore } from "../../store/activityStore.ts";
import { elapsedMs, formatElapsed, selectUsualMs } from "../../store/elapsed.ts";
import type { BackendJob, EndedJob } from "../../store/entries.ts";
import { internalsOf } from "../../store/storeWriter.ts";
import {
  selectClockOffset,
  selectIsLastKnown,
  selectIsUnknown,
  selectKindLostSince,
  selectLostSince,
  selectSeenEnds,
  sourcesIn,
} from "../../store/selectors.ts";
import { useActivity, useActivityStore } from "../hooks/useActivity.ts";
import {
  type CompleteIndicatorOptions,
  type IndicatorOptions,
  useCompleteOptions,
} from "../IndicatorOptions.ts";
import type { IndicatorLabels } from "../labels.ts";
import { keyOf, type RowSubject, type Sections, useSections } from "./sections.ts";
import { useAtTick } from "./useNow.ts";

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

/** A second line of a row: why a job failed, what it is doing, or why an action has failed. */
export interface RowNote {
  readonly text: string;
  readonly tone: "plain" | "bad" | "warn";
}

/** A row of the list: a request, or a job that is active or has ended. */
export interface ActivityRow {
  readonly key: string;
  /** The phase or the outcome, for a sign. */
  readonly state: Phase | Outcome;
  readonly title: string;
  /** How it stands or how it ended, in one or two words: "running", "failed". */
  readonly word: string;
  /**
   * What its section and its sign do not say already, in a few words: "next", "62%", "in 1:04",
   * "failed". Empty where there is nothing to add.
   */
  readonly status: string;
  readonly note: RowNote | undefined;
  readonly href: string | undefined;
  /** Whether its source is lost, so that it is no more than last known: then its time stands still. */
  readonly isLastKnown: boolean;
  /** Whether nobody has looked at its end. */
  readonly isUnread: boolean;
  /** How much of it is done, from 0 to 1. */
  readonly progress: number | undefined;
  /** How many ends of the same job this row stands for. */
  readonly count: number;
  /** How long it has been going on at `now` (client time, epoch ms), in ms; absent of an ended one. */
  readonly elapsedMs?: (now: number) => number;
  /** How long it usually takes, in ms; absent where nobody knows. */
  readonly usualMs?: number;
  /** How long it took, in ms; absent where nobody knows, or while it goes on. */
  readonly durationMs?: number;
  /** When it ended, client time in epoch ms; absent while it goes on. */
  readonly endedAt?: number;
  readonly actions: readonly RowAction[];
}

/** What the list shows, for a host that draws it with components of its own. */
export interface ActivityListView {
  /** What waits for a person, and failures that nothing has mended since, newest first. */
  readonly needsYou: readonly ActivityRow[];
  /** What is going on, latest first, and then what is steady. */
  readonly running: readonly ActivityRow[];
  /** What waits for its turn, in the order in which it will run. */
  readonly queued: readonly ActivityRow[];
  /** What else ended while this browser looked, newest first. */
  readonly recent: readonly ActivityRow[];
  /** Whether a source has not answered yet, so that there may be more. */
  readonly isUnknown: boolean;
  /** Since when a source has been lost, client time in epoch ms, once that has lasted for 5 s. */
  readonly lastKnownSince: number | undefined;
  /** Has the sources ask at once. */
  readonly retryNow: () => void;
  /** Notes that these rows' ends were looked at; without keys all of them. */
  readonly markAsRead: (keys?: readonly string[]) => void;
  /** Takes all that has ended off the list, save what needs somebody. */
  readonly clearFinished: () => void;
}

/** Makes the row of a subject, as the options have it. */
export function toRow(
  subject: RowSubject,
  options: CompleteIndicatorOptions,
  store: ActivityStore,
): ActivityRow {
  const { action, job, isOver } = subject;
  const { labels } = options;
  if (!job) {
    return {
      ...plainRow,
      key: keyOf(subject),
      state: isOver ? "ended" : "working",
      title: action.label,
      word: isOver ? labels.requestDone : labels.requestStatus,
      ...(!isOver && { elapsedMs: (now: number) => elapsedMs(action, now, undefined) }),
    };
  }
  const parts =
    "phase" in job
      ? activeParts(job, subject, labels, store.getState())
      : endedParts(job, subject, labels, store.getState());
  const failure = options.runner.failureOf(job);
  const refusal = failure && labels.refused(failure.action, failure.error);
  return {
    ...plainRow,
    key: keyOf(subject),
    title: labels.title(job),
    href: options.jobHref(job),
    ...parts,
    ...(refusal && { note: { text: refusal, tone: "warn" } }),
    ...(isOver
      ? { state: "ended", word: labels.requestDone, status: "", progress: undefined }
      : { actions: actionsOf(subject, options, store) }),
  };
}

const plainRow = {
  status: "",
  note: undefined,
  href: undefined,
  isLastKnown: false,
  isUnread: false,
  progress: undefined,
  count: 1,
  actions: [],
};

function activeParts(
  job: BackendJob,
  { action, place, isOver = false }: RowSubject,
  labels: IndicatorLabels,
  state: ActivityState,
) {
  const { phase, message, progress } = job;
  const lostSince = selectKindLostSince(state, job.kind, Date.now());
  // What was asked of the job and shows nothing of yet.
  const asked = action && !("kind" in action) ? action.label : undefined;
  const word = asked ?? labels.status(job);
  const isSaid = place !== undefined || word.toLowerCase() === labels.running.toLowerCase();
  const percent = progress === undefined ? "" : labels.progress(progress);
  const usualMs = phase === "working" ? selectUsualMs(state, job) : undefined;
  return {
    state: phase,
    word,
    status: joinFacts(
      asked === undefined && place !== undefined ? labels.place(place) : "",
      asked === undefined && isSaid ? "" : word,
      percent,
    ),
    note: noteOf(message, phase === "waiting" ? "warn" : "plain"),
    isLastKnown: lostSince !== undefined,
    progress,
    ...(!isOver && {
      // Of what is not known any more nobody knows how long it went on.
      elapsedMs: (now: number) =>
        elapsedMs(job, Math.min(now, lostSince ?? now), selectClockOffset(state, job.kind)),
    }),
    ...(usualMs !== undefined && lostSince === undefined && { usualMs }),
  };
}

function endedParts(
  job: EndedJob,
  { repeats = [job.key] }: RowSubject,
  labels: IndicatorLabels,
  state: ActivityState,
) {
  const { durationMs, outcome, error } = job;
  const word = labels.outcome(job);
  const time =
    durationMs === undefined ? "" : labels.took(outcome, formatElapsed(durationMs, labels.locale));
  const timed = outcome === "succeeded" ? time : `${word} ${time}`.trim();
  return {
    state: outcome,
    word,
    status: outcome === "failed" || !time ? word : timed,
    note: noteOf(error, "bad"),
    isUnread: repeats.some((key) => state.endedJobs[key]?.readState === "unread"),
    count: repeats.length,
    endedAt: job.endedAt - ((job.serverTime && selectClockOffset(state, job.kind)) || 0),
    ...(durationMs !== undefined && { durationMs }),
  };
}

function noteOf(text: string | undefined, tone: RowNote["tone"]): RowNote | undefined {
  return text ? { text, tone } : undefined;
}

function actionsOf(
  subject: RowSubject,
  { labels, offersOf, runner }: CompleteIndicatorOptions,
  store: ActivityStore,
): RowAction[] {
  const { action, job } = subject;
  if (!job) return [];
  const title = labels.title(job);
  const isBusy = runner.isRunning(job.key) || (action !== undefined && !("kind" in action));
  const offered = offersOf(job).map((offer) => ({
    name: offer.name,
    label: offer.label,
    accessibleName: labels.actOn(offer.label, title),
    isBusy,
    run() {
      if (isBusy) return;
      // Whoever acts on a failure has seen it.
      if ("outcome" in job) markAsRead(store, [subject]);
      runner.run(job, offer);
    },
  }));
  if ("phase" in job) return offered;
  const dismiss = {
    name: "dismiss",
    label: labels.dismiss,
    accessibleName: labels.actOn(labels.dismiss, title),
    isBusy: false,
    run: () => dismissRows(store, [subject]),
  };
  return [...offered, dismiss];
}

/** Facts in one line, without those that are empty. */
export function joinFacts(...facts: readonly (string | undefined)[]): string {
  return facts.filter(Boolean).join(", ");
}

/** Notes that the ends which these rows stand for were looked at, where nobody had. */
export function markAsRead(store: ActivityStore, rows: readonly RowSubject[]): void {
  const { endedJobs } = store.getState();
  const unread = endsOf(rows).filter((key) => endedJobs[key]?.readState === "unread");
  if (unread.length > 0) store.getState().setReadState(unread, "read");
}

/** Takes these rows off the list, with the ends that they stand for. */
function dismissRows(store: ActivityStore, rows: readonly RowSubject[]): void {
  const ends = endsOf(rows);
  if (ends.length > 0) store.getState().setReadState(ends, "dismissed");
}

/** Takes all that has ended off the list, with or without a row, save what needs somebody. */
export function clearFinished(store: ActivityStore, { needsYou }: Sections): void {
  const kept = new Set(endsOf(needsYou));
  const keys = selectSeenEnds(store.getState()).flatMap(({ key }) => (kept.has(key) ? [] : [key]));
  store.getState().setReadState(keys, "dismissed");
}

function endsOf(rows: readonly RowSubject[]): JobKey[] {
  return rows.flatMap(({ action, job, repeats }) => (action || !job ? [] : (repeats ?? [job.key])));
}

/** Has the sources of every sync ask at once. */
export function retryNow(store: ActivityStore): void {
  internalsOf(store).requestRefresh();
}

/** Since when what is shown has been last known; renders anew when that begins and ends. */
export function useLastKnownSince(): number | undefined {
  return useWhileLost((state, now) =>
    selectIsLastKnown(state, now) ? selectLostSince(state) : undefined,
  );
}

/** Since when the jobs of a kind have been last known; renders anew when that begins and ends. */
export function useKindLostSince(kind: string): number | undefined {
  return useWhileLost((state, now) => selectKindLostSince(state, kind, now));
}

type ConnectionState = Pick<ActivityState, "connection">;

// By the time as it is, and not by the last tick: a source that was lost since then would seem to be
// lost in the time to come.
function useWhileLost<Value extends string | number | undefined>(
  read: (state: ConnectionState, now: number) => Value,
): Value {
  const store = useActivityStore();
  const isAnyLost = useActivity(selectLostSince) !== undefined;
  useActivity(({ connection }) => connection);
  return useAtTick(() => read(store.getState(), Date.now()), isAnyLost);
}

function lostKinds({ connection }: ConnectionState, now: number): string {
  const kinds = sourcesIn(connection).flatMap((source) => source.kinds);
  return kinds.filter((kind) => selectKindLostSince({ connection }, kind, now)).join(" ");
}

/**
 * The rows of the list with all that can be done about them, for a host that draws them with its own
 * components; renders anew with every change. For times that tick give `useNow()` to `elapsedMs`.
 */
export function useActivityList(options: IndicatorOptions = {}): ActivityListView {
  const complete = useCompleteOptions(options);
  const store = useActivityStore();
  const isUnknown = useActivity(selectIsUnknown);
  const since = useLastKnownSince();
  useWhileLost(lostKinds);
  const sections = useSections();
  const { runner } = complete;
  useSyncExternalStore(runner.subscribe, runner.read, runner.read);
  const rows = (subjects: readonly RowSubject[]) =>
    subjects.map((subject) => toRow(subject, complete, store));
  return {
    needsYou: rows(sections.needsYou),
    running: rows(sections.running),
    queued: rows(sections.queued),
    recent: rows(sections.recent),
    isUnknown,
    lastKnownSince: since,
    retryNow: () => retryNow(store),
    markAsRead(keys) {
      const all = [...sections.needsYou, ...sections.recent];
      markAsRead(store, keys ? all.filter((row) => keys.includes(keyOf(row))) : all);
    },
    clearFinished: () => clearFinished(store, sections),
  };
}
