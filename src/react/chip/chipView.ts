import type { Phase } from "../../jobs/job.ts";
import type { ActivityState, ActivityStore } from "../../store/activityStore.ts";
import {
  type ActiveAction,
  phaseOf,
  selectActiveCount,
  selectIsUnknown,
  selectLatestAction,
  selectUnreadFailures,
} from "../../store/selectors.ts";
import { type IndicatorLabels, labelOf } from "../labels.ts";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useActivityStore } from "../hooks/useActivity.ts";
import { useLabels } from "../IndicatorOptions.ts";

/** How long an end waits before it shows, in ms. */
const idleDelayMs = 300;

/** What the chip shows of all that is going on; nothing but what can be seen of it. */
export interface CalmActions {
  readonly label: string;
  /** How the latest action moves along; `unknown` where nobody knows whether there is one. */
  readonly pace: Phase | "idle" | "unknown";
  readonly count: number;
  /** How many failures nobody has looked at. */
  readonly failures: number;
}

/** Something to be read by `useSyncExternalStore`. */
export interface CalmView {
  subscribe: (listener: () => void) => () => void;
  /** The same object for as long as it says the same. */
  getSnapshot: () => CalmActions;
  getServerSnapshot: () => CalmActions;
}

/**
 * Creates the view of a store in which the end of all that is going on waits for 300 ms, with what
 * belongs to it, such as the sign of its failure: a job that starts meanwhile goes on without a
 * flash of Idle. So does the end of a job whose request is still in flight, as that is as good as
 * over too. A start shows at once.
 */
function createCalmView(store: ActivityStore, labels: IndicatorLabels): CalmView {
  const atFirst = read(store.getInitialState(), labels);
  let shown = read(store.getState(), labels);
  let latest = selectLatestAction(store.getState());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(tell: () => void): void {
    if (isEnd(store.getState())) timer ??= setTimeout(() => show(tell), idleDelayMs);
    else show(tell);
  }

  function isEnd(state: ActivityState): boolean {
    const next = selectLatestAction(state);
    if (next === undefined) return shown.count > 0;
    return latest !== undefined && isLeftBy(latest, next) && !(latest.key in state.backendJobs);
  }

  function show(tell: () => void): void {
    forgetTimer();
    const state = store.getState();
    latest = selectLatestAction(state);
    const next = read(state, labels);
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

function read(state: ActivityState, labels: IndicatorLabels): CalmActions {
  const count = selectActiveCount(state);
  const failures = selectUnreadFailures(state);
  const latest = selectLatestAction(state);
  if (latest) return { label: labelOf(labels, latest), pace: phaseOf(latest), count, failures };
  if (selectIsUnknown(state)) return { label: labels.unknown, pace: "unknown", count, failures };
  return { label: labels.idle, pace: "idle", count, failures };
}

// Whether `next` is the request about the job that has shown.
function isLeftBy(shown: ActiveAction, next: ActiveAction): boolean {
  return !("kind" in next) && next.about === shown.key;
}

function isSame(a: CalmActions, b: CalmActions): boolean {
  return (
    a.label === b.label && a.pace === b.pace && a.count === b.count && a.failures === b.failures
  );
}

/** What the chip says of the latest action, and how many there are; calmly. */
export function useCalmActions(): CalmActions {
  const store = useActivityStore();
  const labels = useLabels();
  const [words] = useState(() => createChangingLabels(labels));
  const view = useMemo(() => createCalmView(words.follow(store), words.labels), [store, words]);
  useEffect(() => words.change(labels), [words, labels]);
  return useSyncExternalStore(view.subscribe, view.getSnapshot, view.getServerSnapshot);
}

// A host may give its words anew with each render. A view that began anew with them would forget
// what it waits for, so that these stay the same object.
function createChangingLabels(initial: IndicatorLabels) {
  const labels = { ...initial };
  const listeners = new Set<() => void>();

  return {
    labels,
    change(next: IndicatorLabels): void {
      Object.assign(labels, next);
      for (const listener of listeners) listener();
    },
    /** The store, as one that changes with the words too. */
    follow: (store: ActivityStore): ActivityStore => ({
      ...store,
      subscribe(listener) {
        const tell = () => listener(store.getState(), store.getState());
        const unsubscribe = store.subscribe(listener);
        listeners.add(tell);
        return () => {
          listeners.delete(tell);
          unsubscribe();
        };
      },
    }),
  };
}
