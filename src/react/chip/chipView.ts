import { useMemo, useSyncExternalStore } from "react";
import type { Phase } from "../../jobs/job.ts";
import type { ActivityState, ActivityStore } from "../../store/activityStore.ts";
import { beganAt, lostGraceMs, selectUsualMs } from "../../store/elapsed.ts";
import { isSameEntry } from "../../store/entries.ts";
import {
  type ChipLabels,
  phaseOf,
  selectActiveCount,
  selectClockOffset,
  selectIsLastKnown,
  selectIsUnknown,
  selectJobOf,
  selectLabel,
  selectLatestAction,
  selectLostSince,
  selectMostUrgent,
  selectSeenEnds,
  selectUnreadFailures,
  selectWaitingCount,
} from "../../store/selectors.ts";
import { useActivityStore } from "../hooks/useActivity.ts";
import type { Sign } from "./StateSign.tsx";

/** How long an end waits before it shows, in ms. */
const idleDelayMs = 300;

/** For how long a job that ended well shows once nothing is going on, in ms. */
const successMs = 4_000;

/** All that can be seen of the chip. */
export interface ChipView {
  readonly label: string;
  /** The phase of the latest action; `unknown` where nobody knows whether there is one. */
  readonly phase: Phase | "idle" | "unknown";
  /**
   * The most urgent of all that is going on, of unread failures, and of what is not known. `succeeded`
   * for 4 s after the last job has ended well.
   */
  readonly sign: Sign;
  /** How many actions there are. */
  readonly count: number;
  /** How many failures nobody has looked at. */
  readonly failures: number;
  /** How many jobs wait for a person, besides the latest action. */
  readonly waiting: number;
  /** Whether a source has been lost for longer than 5 s. */
  readonly isLastKnown: boolean;
  /** How much of the latest job is done, from 0 to 1. */
  readonly progress: number | undefined;
  /** When the latest action began, client time in epoch ms, if it is work. */
  readonly beganAt: number | undefined;
  /** How long such a job usually takes, in ms. */
  readonly usualMs: number | undefined;
}

/** A store as the chip shows it; to be read by `useSyncExternalStore`. */
interface ChipViewStore {
  subscribe: (listener: () => void) => () => void;
  /** What the chip shows, in these labels; the same object for as long as it says the same. */
  read: (labels: Partial<ChipLabels>) => ChipView;
  /** What it shows of the state that the store began with. */
  readInitial: (labels: Partial<ChipLabels>) => ChipView;
}

/** What a view is made of. */
interface Shown {
  /** In it the end that waits has not come yet. */
  readonly state: ActivityState;
  readonly isLastKnown: boolean;
  /** Whether the last job has just ended well. */
  readonly hasSucceeded: boolean;
}

/**
 * Creates the view of a store in which the end of all that is going on waits for 300 ms, with what
 * belongs to it, such as its failure: a job that starts meanwhile goes on without a flash of Idle.
 * So does the end of a job whose request is still in flight, which is as good as over too. A start
 * shows at once.
 */
function createChipView(store: ActivityStore): ChipViewStore {
  let shown: Shown = {
    state: store.getState(),
    isLastKnown: selectIsLastKnown(store.getState(), Date.now()),
    hasSucceeded: false,
  };
  let listener: (() => void) | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;
  let doubting: ReturnType<typeof setTimeout> | undefined;
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  const initial = { state: store.getInitialState(), isLastKnown: false, hasSucceeded: false };

  function follow(): void {
    if (isEnd(shown.state, store.getState())) ending ??= setTimeout(show, idleDelayMs);
    else show();
  }

  function show(): void {
    stopTimers();
    const { state: before, hasSucceeded } = shown;
    const state = store.getState();
    const isIdle = selectActiveCount(state) === 0;
    const succeeds = isIdle && selectActiveCount(before) > 0 && isNewSuccess(before, state);
    if (succeeds) {
      clearTimeout(forgetting);
      forgetting = setTimeout(forgetSuccess, successMs);
    }
    // By the time that has passed, and not by the timer alone: which source is lost may change.
    const isLastKnown = selectIsLastKnown(state, Date.now());
    shown = { state, isLastKnown, hasSucceeded: succeeds || (isIdle && hasSucceeded) };
    const lostSince = selectLostSince(state);
    if (lostSince !== undefined && !isLastKnown)
      doubting = setTimeout(follow, lostSince + lostGraceMs - Date.now());
    listener?.();
  }

  function forgetSuccess(): void {
    shown = { ...shown, hasSucceeded: false };
    listener?.();
  }

  function stopTimers(): void {
    clearTimeout(ending);
    clearTimeout(doubting);
    ending = undefined;
  }

  return {
    subscribe(given) {
      listener = given;
      const unsubscribe = store.subscribe(follow);
      // The state may have moved on between the first render and now.
      follow();
      return () => {
        unsubscribe();
        stopTimers();
        clearTimeout(forgetting);
        shown = { ...shown, hasSucceeded: false };
      };
    },
    read: keepSame(() => shown),
    readInitial: keepSame(() => initial),
  };
}

function isNewSuccess(before: ActivityState, { endedJobs }: ActivityState): boolean {
  const [newest] = selectSeenEnds({ endedJobs });
  return newest?.outcome === "succeeded" && newest !== before.endedJobs[newest.key];
}

function isEnd(before: ActivityState, now: ActivityState): boolean {
  const latest = selectLatestAction(before);
  const next = selectLatestAction(now);
  if (latest === undefined || next === undefined) return latest !== undefined;
  const isLeft = !("kind" in next) && !(latest.key in now.backendJobs);
  return isLeft && selectJobOf(next, before) === latest.key;
}

function readView(
  { state, isLastKnown, hasSucceeded }: Shown,
  labels: Partial<ChipLabels>,
): ChipView {
  const count = selectActiveCount(state);
  const isUnknown = count === 0 && selectIsUnknown(state);
  const latest = selectLatestAction(state);
  const job = latest && "kind" in latest ? latest : undefined;
  const phase = latest ? phaseOf(latest) : "idle";
  const urgent = selectMostUrgent(state);
  const isAtRest = urgent === "idle" && hasSucceeded;
  // The time of what is being stopped is that of its whole life.
  const isWork = latest && phase === "working" && !isLastKnown && !job?.movesToFront;
  return {
    label: selectLabel(state, labels),
    phase: isUnknown ? "unknown" : phase,
    sign: isUnknown || isLastKnown ? "lost" : isAtRest ? "succeeded" : urgent,
    count,
    failures: selectUnreadFailures(state),
    waiting: selectWaitingCount(state, job?.key),
    isLastKnown,
    progress: isWork ? job?.progress : undefined,
    beganAt: isWork ? beganAt(latest, job && selectClockOffset(state, job.kind)) : undefined,
    usualMs: isWork && job ? selectUsualMs(state, job) : undefined,
  };
}

// React renders anew for each new object, also for one that says the same, and asks several times for
// each that it renders.
function keepSame(read: () => Shown): (labels: Partial<ChipLabels>) => ChipView {
  let last: { shown: Shown; labels: Partial<ChipLabels>; view: ChipView } | undefined;
  return (labels) => {
    const shown = read();
    if (last?.shown === shown && last.labels === labels) return last.view;
    const next = readView(shown, labels);
    const view = last && isSameEntry(last.view, next) ? last.view : next;
    last = { shown, labels, view };
    return view;
  };
}

/**
 * All that the chip shows, for a host that draws its own; renders anew only when that changes.
 * `labels` replace the default ones.
 */
export function useChipView(labels: Partial<ChipLabels> = {}): ChipView {
  const store = useActivityStore();
  const view = useMemo(() => createChipView(store), [store]);
  return useSyncExternalStore(
    view.subscribe,
    () => view.read(labels),
    () => view.readInitial(labels),
  );
}
