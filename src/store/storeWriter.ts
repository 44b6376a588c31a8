import type { BackendJobsSlice, JobVerbs } from "./backendJobs.ts";
import type { ConnectionSlice, ConnectionVerbs } from "./connection.ts";
import { isOfThisPage } from "./logicalClock.ts";
import type { RequestActionsSlice } from "./requestActions.ts";
import { callHost } from "./hostCode.ts";

/**
 * An action as Redux DevTools shows it: its name, and of what it speaks. No interface, since those of
 * the devtools middleware take any further field.
 */
export type StoreAction = {
  readonly type: string;
  /** The keys of the jobs or requests that it changed, twenty at the most; in a batch, of its first. */
  readonly keys?: readonly string[];
  /** The source of which it speaks. */
  readonly source?: string;
};

/**
 * What a slice needs of the `set` it is given: any zustand store's fits, with or without
 * middleware. Only the devtools middleware reads the third argument.
 */
export type SetState<Slice> = (
  partial: Partial<Slice>,
  replace?: false,
  action?: StoreAction,
) => void;

/** The records that the slices keep in a host's store. */
export interface ActivityRecords
  extends
    Pick<RequestActionsSlice, "requestActions">,
    Pick<BackendJobsSlice, "backendJobs" | "endedJobs">,
    Pick<ConnectionSlice, "connection"> {}

/** The one hand by which the slices read and write a host's store. */
export interface StoreWriter {
  /** The records as they will be once everything is written. */
  read: () => ActivityRecords;
  /**
   * Writes records, by an action for Redux DevTools. A subscriber that throws costs neither the
   * caller nor the subscribers of sync and indicator.
   */
  write: (records: Partial<ActivityRecords>, action: StoreAction) => void;
  /** Makes one write of all that `act` writes. */
  batch: (act: () => void) => void;
  /** Finds out whether the records are those that were written here; see `onReset`. */
  check: () => void;
  /**
   * Calls when somebody else has taken records away or put others in their place: a host that reset
   * its store, or its `persist` that brought back those of another page. What is in the store then
   * says nothing of what goes on.
   */
  onReset: (listener: () => void) => () => void;
  /**
   * Calls with each write and what was there before it, in their order, whatever the store's own
   * subscribers do. What others change, such as time travel, is none.
   */
  onWrite: (listener: WriteListener) => () => void;
  /** Calls after a write that did not reach every subscriber, since one before it threw. */
  onMissed: (listener: () => void) => () => void;
}

/** Is called with the records before and after a write. */
export type WriteListener = (before: ActivityRecords, after: ActivityRecords) => void;

const names = ["requestActions", "backendJobs", "endedJobs", "connection"] as const;

/** What sync and indicator need of a store and a host does not. */
export interface ActivityInternals extends StoreWriter, JobVerbs, ConnectionVerbs {}

// Outside the state: there `persist` would destroy them, and time travel bring back older ones.
const internals = new WeakMap<object, ActivityInternals>();

/** Creates the writer of a store; see {@link internalsOf}. */
export function createStoreWriter(
  set: SetState<ActivityRecords>,
  get: () => ActivityRecords,
): StoreWriter & {
  /** Begins with the slice as it is, and the verbs that are not in it. */
  begin: (slice: ActivityRecords & VerbHolder, verbs: JobVerbs & ConnectionVerbs) => void;
} {
  const resetListeners = new Set<() => void>();
  const writeListeners = new Set<WriteListener>();
  const missedListeners = new Set<() => void>();
  const toPassOn: [write: Parameters<WriteListener>, to: WriteListener[]][] = [];
  /** Every record that was written here: one that is back has been put there by somebody else. */
  const earlier = new WeakSet<object>();
  let isPassingOn = false;
  let putBackMs = Number.NEGATIVE_INFINITY;
  let written: ActivityRecords | undefined;
  let pending: { records: Partial<ActivityRecords>; action: StoreAction | undefined } | undefined;

  function flush(given: Partial<ActivityRecords>, action: StoreAction): void {
    const before = current();
    const after = { ...before, ...given };
    // Where another page's records stand in the store, all of this page's are written again.
    const records = before === written ? after : given;
    written = after;
    for (const record of Object.values(given)) earlier.add(record);
    // Whoever begins to listen in the middle of a write begins with what comes of it.
    toPassOn.push([[before, after], [...writeListeners]]);
    // A subscriber may write in its turn: that write must not be passed on before this one.
    const isOutermost = !isPassingOn;
    isPassingOn = true;
    setSafely(records, action);
    if (isOutermost) passOn();
  }

  /** The records as this page knows them. */
  function current(): ActivityRecords {
    const state = pickRecords(get());
    if (!written) return state;
    return isSame(state, written) || hasOtherPages(state) ? written : state;
  }

  function setSafely(records: Partial<ActivityRecords>, action: StoreAction): void {
    const isDone = callHost(() => {
      set(records, false, action);
      return true;
    });
    if (!isDone) for (const listener of missedListeners) listener();
  }

  function passOn(): void {
    try {
      for (let next = toPassOn.shift(); next; next = toPassOn.shift()) {
        const [write, to] = next;
        for (const listener of to) if (writeListeners.has(listener)) listener(...write);
      }
    } finally {
      isPassingOn = false;
    }
  }

  function check(): void {
    if (pending || !written) return;
    const state = pickRecords(get());
    if (isSame(state, written)) return;
    if (hasOtherPages(state)) return putBack(written);
    const isReset = isEmptied(written, state) || isFromBefore(state, written);
    written = state;
    if (isReset) for (const listener of resetListeners) listener();
  }

  // What this page knows is as true as before. Another tab that shares the host's storage may put
  // its own back in its turn: once a second is enough for both.
  function putBack(own: ActivityRecords): void {
    const passedMs = Date.now() - putBackMs;
    if (passedMs >= 0 && passedMs < 1_000) return;
    putBackMs = Date.now();
    setSafely(own, { type: "activity/dropOtherPages" });
  }

  function isFromBefore(state: ActivityRecords, own: ActivityRecords): boolean {
    return names.some((name) => {
      return name !== "requestActions" && state[name] !== own[name] && earlier.has(state[name]);
    });
  }

  const writer = {
    read() {
      check();
      return { ...current(), ...pending?.records };
    },
    write(records: Partial<ActivityRecords>, action: StoreAction) {
      if (!pending) return flush(records, action);
      pending = { records: { ...pending.records, ...records }, action: pending.action ?? action };
    },
    batch(act: () => void) {
      if (pending) return act();
      check();
      pending = { records: {}, action: undefined };
      try {
        act();
      } finally {
        const { records, action } = pending;
        pending = undefined;
        if (action !== undefined) flush(records, action);
      }
    },
    check,
    onReset: (listener: () => void) => addTo(resetListeners, () => listener()),
    onWrite: (listener: WriteListener) => addTo(writeListeners, (...write) => listener(...write)),
    onMissed: (listener: () => void) => addTo(missedListeners, () => listener()),
  };

  return {
    ...writer,
    begin(slice, verbs) {
      written = pickRecords(slice);
      for (const record of Object.values(written)) earlier.add(record);
      internals.set(slice.registerRequestAction, { ...writer, ...verbs });
    },
  };
}

/** The internals of the store that has this state. @throws TypeError if it holds no slice */
export function internalsOf(
  store: { getState: () => Partial<VerbHolder> } | undefined,
): ActivityInternals {
  const verb = store?.getState().registerRequestAction;
  const found = verb && internals.get(verb);
  if (found) return found;
  throw new TypeError(
    "active-indicator: this store does not hold the activity slice: spread " +
      "createActivitySlice(set, get) into it, and do not wrap registerRequestAction",
  );
}

/** By one of its verbs a slice is known, whatever a host wraps around the store. */
type VerbHolder = Pick<RequestActionsSlice, "registerRequestAction">;

/** Has a listener called until what this returns is. */
export function addTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function pickRecords(state: ActivityRecords): ActivityRecords {
  const { requestActions, backendJobs, endedJobs, connection } = state;
  return { requestActions, backendJobs, endedJobs, connection };
}

function isSame(a: ActivityRecords, b: ActivityRecords): boolean {
  return names.every((name) => a[name] === b[name]);
}

// What comes back out of a storage may be of any shape.
function hasOtherPages(state: ActivityRecords): boolean {
  return names.some((name) => {
    const record: Readonly<Record<string, unknown>> | null | undefined = state[name];
    return Object.values(record ?? { none: null }).some((entry) => !isOwnEntry(entry));
  });
}

function isOwnEntry(entry: unknown): boolean {
  const order: unknown = entry instanceof Object ? Reflect.get(entry, "order") : undefined;
  return typeof order === "number" && isOfThisPage({ order });
}

// Time travel puts others in the place of all records at once; their entries are this page's, and
// their connection says that a sync runs. Whoever empties jobs alone leaves the connection be.
function isEmptied(before: ActivityRecords, after: ActivityRecords): boolean {
  const isCutOff = Object.keys(before.connection).some((name) => !(name in after.connection));
  return isCutOff || (before.connection === after.connection && isShorter(before, after));
}

function isShorter(before: ActivityRecords, after: ActivityRecords): boolean {
  const jobs = ({ backendJobs, endedJobs }: ActivityRecords) =>
    Object.keys({ ...backendJobs, ...endedJobs });
  const left = new Set(jobs(after));
  return jobs(before).some((key) => !left.has(key));
}
