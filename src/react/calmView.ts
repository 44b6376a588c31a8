import type { JobPace } from "../jobs/jobKinds.ts";
import type { ActivityStore } from "../store/activityStore.ts";
import {
  type ActivityView,
  selectActiveCount,
  selectLatestAction,
  selectPace,
} from "../store/selectors.ts";
import { type IndicatorLabels, labelOf } from "./labels.ts";

/** How long the return to idle waits, in ms. */
const idleDelayMs = 300;

/** What the chip shows of all that is going on; nothing but what can be seen of it. */
export interface CalmActions {
  readonly label: string;
  readonly pace: JobPace | "idle";
  readonly count: number;
}

/** Something to be read by `useSyncExternalStore`. */
export interface CalmView {
  subscribe: (listener: () => void) => () => void;
  /** The same object for as long as it says the same. */
  getSnapshot: () => CalmActions;
  getServerSnapshot: () => CalmActions;
}

/**
 * Creates the view of a store in which the return to idle waits for 300 ms: a job that starts
 * meanwhile goes on without a flash of Idle. A start shows at once.
 */
export function createCalmView(store: ActivityStore, labels: IndicatorLabels): CalmView {
  const atFirst = read(store.getInitialState(), labels);
  let shown = read(store.getState(), labels);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(tell: () => void): void {
    const current = read(store.getState(), labels);
    if (current.count === 0 && shown.count > 0) {
      timer ??= setTimeout(() => show(current, tell), idleDelayMs);
    } else {
      show(current, tell);
    }
  }

  function show(next: CalmActions, tell: () => void): void {
    forgetTimer();
    if (isSame(shown, next)) return;
    shown = next;
    tell();
  }

  function forgetTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    subscribe(tell) {
      const unsubscribe = store.subscribe(() => follow(tell));
      // The state may have moved on between the first render and now.
      follow(tell);
      return () => {
        unsubscribe();
        forgetTimer();
      };
    },
    getSnapshot: () => shown,
    getServerSnapshot: () => atFirst,
  };
}

function read(state: ActivityView, labels: IndicatorLabels): CalmActions {
  const latest = selectLatestAction(state);
  const label = latest === undefined ? labels.idle : labelOf(labels, latest);
  return { label, pace: selectPace(state), count: selectActiveCount(state) };
}

function isSame(a: CalmActions, b: CalmActions): boolean {
  return a.label === b.label && a.pace === b.pace && a.count === b.count;
}
