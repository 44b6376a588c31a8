import { produce } from "immer";
import { isSameEntry } from "./entries.ts";
import { tick } from "./logicalClock.ts";
import { addTo, type StoreWriter } from "./storeWriter.ts";

/**
 * How far a source's jobs can be believed: `connecting` until its first answer, `live` while they
 * are kept true, `lost` while they cannot be: then they are last known.
 */
export type SourceStatus = "connecting" | "live" | "lost";

/** The state of one source that runs. */
export interface SourceConnection {
  readonly status: SourceStatus;
  /** The names of the kinds whose jobs it keeps true. */
  readonly kinds: readonly string[];
  /** When it entered this status: client time, epoch ms. */
  readonly since: number;
  /** Whether it has answered since the sync began: until then what it will list is not known. */
  readonly hasAnswered: boolean;
  /** Why it was last lost, or what was last malformed, as a message; absent until something is. */
  readonly error?: string;
  /** How far the server's clock is ahead of the client's, in ms; absent where that is not known. */
  readonly clockOffsetMs?: number;
  /** The logical time at which it entered this status. */
  readonly order: number;
}

/** The slice that says how far the jobs can be believed. */
export interface ConnectionSlice {
  /** The sources that run, by name; empty until a sync begins. */
  readonly connection: Readonly<Record<string, SourceConnection>>;
}

/** What sync alone does with the state of its sources. */
export interface ConnectionVerbs {
  /** A source begins, or begins anew: nothing that it has said before counts. */
  openSource: (name: string, kinds: readonly string[]) => void;
  /** Sets the status of a source that runs; `since` moves only if the status does. */
  setSourceStatus: (name: string, status: SourceStatus, error?: string) => void;
  /**
   * Notes how far the server's clock is ahead of the client's, in ms. A difference under two
   * seconds to what is known changes nothing: a `Date` header has no more than whole seconds.
   */
  setClockOffset: (name: string, offsetMs: number) => void;
  /** Notes what went wrong with a source without changing its status. */
  noteSourceError: (name: string, error: string) => void;
  /** Takes over what the leader's store says of its sources. */
  applyConnection: (connection: ConnectionSlice["connection"]) => void;
  /** Sources that no longer run. */
  closeSources: (names: readonly string[]) => void;
  /** Asks every sync of the store to have its sources ask at once. */
  requestRefresh: () => void;
  /** Calls when somebody wants that; until what it returns is called. */
  onRefreshRequest: (listener: () => void) => () => void;
}

/** Creates the connection slice, and the verbs that stay outside the state. */
export function createConnection({ read, write }: StoreWriter): {
  slice: ConnectionSlice;
  verbs: ConnectionVerbs;
} {
  const refreshListeners = new Set<() => void>();

  function update(action: string, name: string, changes: Partial<SourceConnection>): void {
    const current = read().connection[name];
    if (!current) return;
    const next = { ...current, ...changes };
    if (isSameEntry(current, next)) return;
    put(action, { [name]: next }, name);
  }

  function put(action: string, entries: ConnectionSlice["connection"], source: string): void {
    const connection = produce(read().connection, (draft) => Object.assign(draft, entries));
    write({ connection }, { type: `connection/${action}`, source });
  }

  return {
    slice: { connection: {} },
    verbs: {
      openSource(name, kinds) {
        const source = { status: "connecting", kinds, hasAnswered: false, ...now() } as const;
        put("connecting", { [name]: source }, name);
      },
      setSourceStatus(name, status, error) {
        const current = read().connection[name];
        // A further attempt changes nothing: what is shown is as old as it was.
        if (!current || (current.status === "lost" && status === "connecting")) return;
        update(status, name, {
          status,
          hasAnswered: status === "live" || current.hasAnswered,
          ...(current.status === status ? {} : now()),
          ...(error === undefined ? {} : { error }),
        });
      },
      setClockOffset(name, clockOffsetMs) {
        const known = read().connection[name]?.clockOffsetMs ?? Number.NaN;
        if (!(Math.abs(clockOffsetMs - known) < 2_000)) update("clock", name, { clockOffsetMs });
      },
      noteSourceError: (name, error) => update("error", name, { error }),
      applyConnection(connection) {
        const own = read().connection;
        const changed = Object.entries(connection).flatMap(([name, source]) => {
          const current = own[name];
          // Nobody would ever take away a source that does not run here.
          if (!current) return [];
          const isSame = current.status === source.status && current.since === source.since;
          const kinds = isSame ? current.kinds : source.kinds;
          const next = { ...source, kinds, order: isSame ? current.order : tick() };
          return isSameEntry(current, next) ? [] : [[name, next] as const];
        });
        if (changed.length > 0) put("patch", Object.fromEntries(changed), namesIn(changed));
      },
      closeSources(names) {
        const { connection } = read();
        if (!names.some((name) => name in connection)) return;
        const rest = Object.entries(connection).filter(([name]) => !names.includes(name));
        const action = { type: "connection/close", source: names.join(", ") };
        write({ connection: Object.fromEntries(rest) }, action);
      },
      requestRefresh() {
        for (const listener of refreshListeners) listener();
      },
      onRefreshRequest: (listener) => addTo(refreshListeners, () => listener()),
    },
  };
}

function namesIn(entries: readonly (readonly [string, SourceConnection])[]): string {
  return entries.map(([name]) => name).join(", ");
}

function now(): Pick<SourceConnection, "since" | "order"> {
  return { since: Date.now(), order: tick() };
}
