import { produce } from "immer";
import type { SourceName } from "../jobs/jobKinds.ts";
import { isSameEntry } from "./isSameEntry.ts";
import { tick } from "./logicalClock.ts";
import type { StoreWriter } from "./storeWriter.ts";

/**
 * How fresh a source's picture is: `off` without a session, `connecting` until its first answer,
 * `live` while it is kept up, `lost` while it cannot be: its jobs are then last known.
 */
export type SourceStatus = "off" | "connecting" | "live" | "lost";

/** The state of one source. */
export interface SourceConnection {
  readonly status: SourceStatus;
  /** When it entered this status: client time, epoch ms. */
  readonly since: number;
  /** Whether it has been live since the sync began: before that nobody knows what it will list. */
  readonly hasAnswered: boolean;
  /** The last thing that went wrong, in words; absent until something does. */
  readonly error?: string;
  /** How far the server's clock is ahead of the client's, in ms; only of builds, where known. */
  readonly clockOffsetMs?: number;
  /** The logical time at which it entered this status. */
  readonly order: number;
}

/** The slice that says how far the jobs can be believed. */
export interface ConnectionSlice {
  readonly connection: Readonly<Record<SourceName, SourceConnection>>;
  /** Sets a source's status; `since` moves only if the status does. */
  setConnectionStatus: (source: SourceName, status: SourceStatus, error?: string) => void;
  /**
   * Notes how far the server's clock is ahead of the client's, in ms. A difference under two
   * seconds to what is known changes nothing: a `Date` header has no more than whole seconds.
   */
  setServerClock: (offsetMs: number) => void;
  /** Takes over what another tab's store says of the sources. */
  mirrorConnection: (connection: ConnectionSlice["connection"]) => void;
  /** Notes what went wrong with a source without changing its status. */
  noteConnectionError: (source: SourceName, error: string) => void;
}

/** Creates the connection slice, to be spread into any zustand store. */
export function createConnectionSlice({ read, write }: StoreWriter): ConnectionSlice {
  const of = (source: SourceName) => read().connection[source] ?? off();

  function update(name: string, source: SourceName, next: SourceConnection): void {
    if (isSameEntry(of(source), next)) return;
    const connection = produce(read().connection, (draft) => {
      draft[source] = next;
    });
    write({ connection }, `connection/${name}`);
  }

  return {
    connection: { runs: off(), builds: off() },
    setConnectionStatus(source, status, error) {
      const current = of(source);
      // A further attempt is no news: the picture is as old as it was.
      if (current.status === "lost" && status === "connecting") return;
      update(status, source, {
        ...carryOver(current, status, error),
        ...(current.status === status ? times(current) : now()),
        status,
        hasAnswered: status === "live" || (status !== "off" && current.hasAnswered),
      });
    },
    setServerClock(clockOffsetMs) {
      const builds = of("builds");
      const isKnown = Math.abs(clockOffsetMs - (builds.clockOffsetMs ?? Number.NaN)) < 2_000;
      if (!isKnown) update("clock", "builds", { ...builds, clockOffsetMs });
    },
    mirrorConnection(connection) {
      for (const source of ["runs", "builds"] as const) {
        const { since, status } = of(source);
        const next = connection[source];
        const isSame = next.status === status && next.since === since;
        update("mirror", source, { ...next, order: isSame ? of(source).order : tick() });
      }
    },
    noteConnectionError(source, error) {
      update("error", source, { ...of(source), error });
    },
  };
}

function off(): SourceConnection {
  return { status: "off", ...now(), hasAnswered: false };
}

function now(): Pick<SourceConnection, "since" | "order"> {
  return { since: Date.now(), order: tick() };
}

function times({ since, order }: SourceConnection): Pick<SourceConnection, "since" | "order"> {
  return { since, order };
}

// A new session starts with a clean slate; within one the last error stays readable.
function carryOver(
  current: SourceConnection,
  status: SourceStatus,
  error: string | undefined,
): Partial<SourceConnection> {
  return { ...(status === "off" ? {} : current), ...(error === undefined ? {} : { error }) };
}
