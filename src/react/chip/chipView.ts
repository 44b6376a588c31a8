import { useMemo, useSyncExternalStore } from "react";
import type { Phase } from "../../jobs/job.ts";
import type { ActivityState, ActivityStore } from "../../store/activityStore.ts";
import {
  type ChipLabels,
  selectActiveCount,
  selectIsLastKnown,
  selectIsUnknown,
  selectJobOf,
  selectLabel,
  selectLatestAction,
  selectLostSince,
  selectPhase,
  selectUnreadFailures,
} from "../../store/selectors.ts";
import { lostGraceMs } from "../../store/elapsed.ts";
import { useActivityStore } from "../hooks/useActivity.ts";

/** How long an end waits before it shows, in ms. */
const idleDelayMs = 300;

/** All that can be seen of the chip. */
export interface ChipView {
  readonly label: string;
  /** The phase of the latest action; `unknown` where nobody knows whether there is one. */
  readonly phase: Phase | "idle" | "unknown";
  /** How many actions there are. */
  readonly count: number;
  /** How many failures nobody has looked at. */
  readonly failures: number;
  /** Whether a source has been lost for longer than 5 s. */
  readonly isLastKnown: boolean;
}

/** A store as the chip shows it; to be read by `useSyncExternalStore`. */
interface ChipViewStore {
  subscribe: (listener: () => void) => () => void;
  /** What the chip shows, in these labels; the same object for as long as it says the same. */
  read: (labels: Partial<ChipLabels>) => ChipView;
  /** What it shows of the state that the store began with. */
  readInitial: (labels: Partial<ChipLabels>) => ChipView;
}

/**
 * Creates the view of a store in which the end of all that is going on waits for 300 ms, with what
 * belongs to it, such as its failure: a job that starts meanwhile goes on without a flash of Idle.
 * So does the end of a job whose request is still in flight, which is as good as over too. A start
 * shows at once.
 */
function createChipView(store: ActivityStore): ChipViewStore {
  /** The state that is shown: in it the end that waits has not come yet. */
  let state = store.getState();
  let isLastKnown = selectIsLastKnown(state, Date.now());
  let listener: (() => void) | undefined;
  let ending: ReturnType<typeof setTimeout> | undefined;
  let doubting: ReturnType<typeof setTimeout> | undefined;

  function follow(): void {
    if (isEnd(state, store.getState())) ending ??= setTimeout(show, idleDelayMs);
    else show();
  }

  function show(): void {
    stopTimers();
    state = store.getState();
    // By the time that has passed, and not by the timer alone: which source is lost may change.
    isLastKnown = selectIsLastKnown(state, Date.now());
    const lostSince = selectLostSince(state);
    if (lostSince !== undefined && !isLastKnown)
      doubting = setTimeout(follow, lostSince + lostGraceMs - Date.now());
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
      };
    },
    read: keepSame((labels) => readView(state, isLastKnown, labels)),
    readInitial: keepSame((labels) => readView(store.getInitialState(), false, labels)),
  };
}

function isEnd(before: ActivityState, now: ActivityState): boolean {
  const latest = selectLatestAction(before);
  const next = selectLatestAction(now);
  if (latest === undefined || next === undefined) return latest !== undefined;
  const isLeft = !("kind" in next) && !(latest.key in now.backendJobs);
  return isLeft && selectJobOf(next, before) === latest.key;
}

function readView(
  state: ActivityState,
  isLastKnown: boolean,
  labels: Partial<ChipLabels>,
): ChipView {
  const count = selectActiveCount(state);
  return {
    label: selectLabel(state, labels),
    phase: count === 0 && selectIsUnknown(state) ? "unknown" : selectPhase(state),
    count,
    failures: selectUnreadFailures(state),
    isLastKnown,
  };
}

// React renders anew for each new object, also for one that says the same.
function keepSame(
  read: (labels: Partial<ChipLabels>) => ChipView,
): (labels: Partial<ChipLabels>) => ChipView {
  let last: ChipView | undefined;
  return (labels) => {
    const next = read(labels);
    if (last === undefined || !isSame(last, next)) last = next;
    return last;
  };
}

function isSame(a: ChipView, b: ChipView): boolean {
  return (
    a.label === b.label &&
    a.phase === b.phase &&
    a.count === b.count &&
    a.failures === b.failures &&
    a.isLastKnown === b.isLastKnown
  );
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
