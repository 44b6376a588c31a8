import type { BackendJobsSlice } from "./backendJobs.ts";
import type { ConnectionSlice, SourceConnection } from "./connection.ts";
import { isOfThisPage, tick } from "./logicalClock.ts";
import type { RequestActionsSlice } from "./requestActions.ts";
import type { SetState } from "./setState.ts";
import { callHost } from "./hostCode.ts";

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
   * Writes records, under a name for Redux DevTools. A subscriber that throws costs neither the
   * caller nor the subscribers of sync and indicator.
   */
  write: (records: Partial<ActivityRecords>, name: string) => void;
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
  /** Calls after a write of which not every subscriber heard, since one before it threw. */
  onMissed: (listener: () => void) => () => void;
}

/** Is called with the records before and after a write. */
export type WriteListener = (before: ActivityRecords, after: ActivityRecords) => void;

const names = ["requestActions", "backendJobs", "endedJobs", "connection"] as const;
const writers = new WeakMap<object, StoreWriter>();

/**
 * Creates the writer of a store. It is found again by {@link writerOf}, and stands outside the
 * state: there `persist` would destroy it, and time travel would bring back an older one.
 */
export function createStoreWriter(
  set: SetState<ActivityRecords>,
  get: () => ActivityRecords,
): StoreWriter & {
  /** Begins with the slices' first records; `verb` is one of their functions in the state. */
  begin: (initial: ActivityRecords, verb: object) => void;
} {
  const resetListeners = new Set<() => void>();
  const writeListeners = new Set<WriteListener>();
  const missedListeners = new Set<() => void>();
  const toPassOn: Parameters<WriteListener>[] = [];
  let isPassingOn = false;
  let written: ActivityRecords | undefined;
  let pending: { records: Partial<ActivityRecords>; name: string | undefined } | undefined;

  function flush(records: Partial<ActivityRecords>, name: string): void {
    const before = pickRecords(get());
    const after = { ...before, ...records };
    written = after;
    toPassOn.push([before, after]);
    // A subscriber may write in its turn: that write must not be passed on before this one.
    const isOutermost = !isPassingOn;
    isPassingOn = true;
    setSafely(records, name);
    if (isOutermost) passOn();
  }

  function setSafely(records: Partial<ActivityRecords>, name: string): void {
    const isDone = callHost(() => {
      set(records, false, name);
      return true;
    });
    if (!isDone) for (const listener of missedListeners) listener();
  }

  function passOn(): void {
    for (let write = toPassOn.shift(); write; write = toPassOn.shift())
      for (const listener of writeListeners) listener(...write);
    isPassingOn = false;
  }

  function check(): void {
    const state = pickRecords(get());
    if (pending || !written || isSame(state, written)) return;
    const own = withoutOtherPages(state);
    const isReset = isAnother(state, own) || isEmptied(written, own);
    written = own;
    if (!isSame(state, own)) setSafely(own, "activity/dropOtherPages");
    if (isReset) for (const listener of resetListeners) listener();
  }

  const writer = {
    read() {
      check();
      return { ...pickRecords(get()), ...pending?.records };
    },
    write(records: Partial<ActivityRecords>, name: string) {
      if (!pending) return flush(records, name);
      pending = { records: { ...pending.records, ...records }, name: pending.name ?? name };
    },
    batch(act: () => void) {
      if (pending) return act();
      check();
      pending = { records: {}, name: undefined };
      try {
        act();
      } finally {
        const { records, name } = pending;
        pending = undefined;
        if (name !== undefined) flush(records, name);
      }
    },
    check,
    onReset: (listener: () => void) => addTo(resetListeners, () => listener()),
    onWrite: (listener: WriteListener) => addTo(writeListeners, (...write) => listener(...write)),
    onMissed: (listener: () => void) => addTo(missedListeners, () => listener()),
  };

  return {
    ...writer,
    begin(initial, verb) {
      written = pickRecords(initial);
      writers.set(verb, writer);
    },
  };
}

/** The writer of the store that has this state. @throws TypeError if it holds no activity slice */
export function writerOf({ registerRequestAction: verb }: VerbHolder): StoreWriter {
  const writer = writers.get(verb);
  if (writer) return writer;
  throw new TypeError(
    "active-indicator: this store does not hold the activity slice as it was created; spread " +
      "createActivitySlice(set, get) into it, and do not wrap registerRequestAction",
  );
}

/** By one of its verbs a slice is known, whatever a host wraps around the store. */
type VerbHolder = Pick<RequestActionsSlice, "registerRequestAction">;

function addTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
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

function withoutOtherPages(state: ActivityRecords): ActivityRecords {
  return {
    requestActions: ownEntries(state.requestActions),
    backendJobs: ownEntries(state.backendJobs),
    endedJobs: ownEntries(state.endedJobs),
    connection: ownConnection(state.connection),
  };
}

// Of what another page was connected to, this one knows nothing.
function ownConnection(connection: ActivityRecords["connection"]): ActivityRecords["connection"] {
  const own: Partial<ActivityRecords["connection"]> = ownEntries(connection);
  if (own === connection) return connection;
  return { runs: own.runs ?? off(), builds: own.builds ?? off() };
}

function off(): SourceConnection {
  return { status: "off", since: Date.now(), order: tick(), hasAnswered: false };
}

function ownEntries<Entry extends { readonly order: number }>(
  record: Readonly<Record<string, Entry>>,
): Readonly<Record<string, Entry>> {
  // What comes back out of a storage may be of any shape.
  const entries = Object.entries<Entry | null | undefined>(record ?? {});
  const own = entries.filter((entry): entry is [string, Entry] => {
    return entry[1] instanceof Object && isOfThisPage(entry[1]);
  });
  return own.length === entries.length ? record : Object.fromEntries(own);
}

// Requests are this page's alone: no source has to be asked for those that are gone.
function isAnother(state: ActivityRecords, own: ActivityRecords): boolean {
  return names.some((name) => name !== "requestActions" && state[name] !== own[name]);
}

// Time travel puts others in the place of all records at once; their entries are this page's, and
// their connection says that a sync runs. Whoever empties jobs alone leaves the connection be.
function isEmptied(before: ActivityRecords, after: ActivityRecords): boolean {
  const running = new Set(namesOfRunning(after));
  const isCutOff = namesOfRunning(before).some((name) => !running.has(name));
  return isCutOff || (before.connection === after.connection && isShorter(before, after));
}

function namesOfRunning({ connection }: ActivityRecords): string[] {
  return Object.entries(connection).flatMap(([name, { status }]) => (status === "off" ? [] : name));
}

function isShorter(before: ActivityRecords, after: ActivityRecords): boolean {
  const jobs = ({ backendJobs, endedJobs }: ActivityRecords) =>
    Object.keys({ ...backendJobs, ...endedJobs });
  const left = new Set(jobs(after));
  return jobs(before).some((key) => !left.has(key));
}
