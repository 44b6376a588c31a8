import type { FakeEventSource } from "../../../src/testing/eventSource.ts";
import { badEntry, badUpdate, badWhole } from "./badInput.ts";
import { type Evidence, nothing } from "./evidence.ts";
import { type Server, type ServerJob, tell, type Telling } from "./server.ts";

/** Something on its way to the client. */
type Frame =
  | { readonly type: "init"; readonly jobs: readonly Telling[]; readonly bad: number | undefined }
  | { readonly type: "update"; readonly job: Telling }
  | { readonly type: "bad"; readonly choice: number };

/** One connection to the stream, as both ends see it. */
interface Connection {
  readonly source: FakeEventSource;
  readonly openedAt: number;
  /** When it last spoke, or was opened: of that moment a snapshot is. */
  spokeAt: number;
  readonly frames: Frame[];
  /** The server has not answered yet, writes to it, or has forgotten it: nothing more will come. */
  server: "waiting" | "writing" | "gone";
  hasBeenHeard: boolean;
}

/** What of a frame reached the client. */
export interface Delivery {
  readonly evidence: Evidence;
  /** The field that must be complained of. */
  readonly badField?: string | undefined;
  /** Whether it is a snapshot that was asked for before another that has come. */
  readonly isOutdated?: boolean;
}

/** The server's side of the stream, with a network between that delays, cuts and garbles. */
export interface StreamWires {
  /** The client has opened a connection. */
  opened: (source: FakeEventSource, askedAt: number) => void;
  /** The server tells everybody connected of a job, at once; it arrives later. */
  announce: (job: ServerJob) => void;
  /** The server answers a connection with its `init`, `bad` if something malformed is to be in it. */
  accept: (index: number, bad?: number) => void;
  /** The server sends its snapshot again, on a connection that it has answered. */
  repeat: (index: number) => void;
  /** Something malformed follows. */
  garble: (index: number, choice: number) => void;
  /** The next frame arrives. */
  deliver: (index: number, at: number) => Delivery;
  /** Connections are lost on the server's side; the client notices only if it is told. */
  cut: (index: number | "all") => void;
  /** The client notices that a connection is lost. */
  fail: (index: number | "all") => Evidence;
  /** Whether a connection that still stands has brought an event. */
  isHeard: () => boolean;
  /** Whether so many ended early in a row that the one of now has to last before it is believed. */
  isDoubted: () => boolean;
  /** Another session begins, which knows of no connection. */
  beginAnew: () => void;
  /** Connections that wait for an answer. */
  waiting: () => number[];
  /** How many frames of a connection are on their way. */
  backlog: (index: number) => number;
  /** Connections whose `init` is on its way. */
  unheard: () => number[];
}

/** For how long a connection must last to be believed, in ms. */
const provenAfterMs = 5_000;
/** How many in a row may end before that without harm. */
const maxEndedEarly = 1;

/** Creates the wires between a server and one client; `elapsed` is virtual time, in ms. */
export function createStreamWires(server: Server, elapsed: () => number): StreamWires {
  const connections: Connection[] = [];
  let believed: { readonly connection: Connection; readonly sinceMs: number } | undefined;
  let endedEarly = 0;
  let lastAskedAt = 0;
  const find = (index: number) => connections.at(-1 - (index % Math.max(1, connections.length)));

  function indexesOf(isMeant: (connection: Connection) => boolean): number[] {
    return connections.toReversed().flatMap((it, index) => (isMeant(it) ? [index] : []));
  }

  function deliver(index: number, at: number): Delivery {
    const connection = find(index);
    const frame = connection?.frames.shift();
    if (!connection || !frame) return { evidence: nothing };
    const { source, spokeAt: askedAt } = connection;
    const isLate = source.isClosed();
    connection.spokeAt = at;
    if (!isLate) connection.hasBeenHeard = true;
    const late: Delivery = { evidence: { type: "late" } };
    if (frame.type === "update") {
      source.update(frame.job.wire);
      return isLate ? late : { evidence: { type: "update", job: frame.job, at } };
    }
    if (frame.type === "init" && frame.bad !== undefined && frame.bad >= 100) {
      const { data, field } = badWhole("init", frame.bad);
      const lost = isLate || lose(connection).type === "failure";
      const evidence: Evidence = lost ? { type: "failure", source: "runs" } : { type: "malformed" };
      source.send("init", data);
      return isLate ? late : { evidence, badField: field };
    }
    if (frame.type === "init") {
      const { data, field } = init(frame.jobs, frame.bad);
      const isOutdated = askedAt < lastAskedAt;
      if (!isLate && !isOutdated) believe(connection, askedAt);
      source.send("init", data);
      const evidence = { type: "snapshot", kind: "run", jobs: frame.jobs, askedAt, at } as const;
      return isLate ? late : { evidence, badField: field, isOutdated };
    }
    const { data, field, job } = badUpdate(frame.choice);
    source.send("run-update", data);
    const evidence: Evidence = job ? { type: "update", job, at } : { type: "malformed" };
    return isLate ? late : { evidence, badField: field };
  }

  const hasLasted = () => believed !== undefined && elapsed() - believed.sinceMs >= provenAfterMs;

  function believe(connection: Connection, askedAt: number): void {
    lastAskedAt = askedAt;
    if (believed?.connection === connection) return;
    if (hasLasted()) endedEarly = 0;
    believed = { connection, sinceMs: elapsed() };
  }

  // One that was begun beside another matters only if that has been silent since.
  function lose(connection: Connection): Evidence {
    const other = believed?.connection;
    const isAlive = other !== undefined && other !== connection && !other.source.isClosed();
    if (isAlive && other.spokeAt > connection.openedAt) return { type: "late" };
    if (believed) endedEarly = hasLasted() ? 0 : endedEarly + 1;
    believed = undefined;
    return { type: "failure", source: "runs" };
  }

  function each(index: number | "all"): Connection[] {
    if (index === "all") return connections;
    const connection = find(index);
    return connection ? [connection] : [];
  }

  return {
    opened(source, askedAt) {
      connections.push({
        source,
        openedAt: askedAt,
        spokeAt: askedAt,
        frames: [],
        server: "waiting",
        hasBeenHeard: false,
      });
    },
    announce(job) {
      const frame = { type: "update", job: tell(job) } as const;
      for (const { server: state, frames } of connections)
        if (state === "writing") frames.push(frame);
    },
    accept(index, bad) {
      const connection = find(index);
      if (connection?.server !== "waiting") return;
      connection.server = "writing";
      connection.frames.push({ type: "init", jobs: server.list("run"), bad });
      if (!connection.source.isClosed()) connection.source.open();
    },
    repeat(index) {
      const connection = find(index);
      if (connection?.server !== "writing") return;
      connection.frames.push({ type: "init", jobs: server.list("run"), bad: undefined });
    },
    garble(index, choice) {
      const connection = find(index);
      if (connection?.server === "writing") connection.frames.push({ type: "bad", choice });
    },
    deliver,
    cut(index) {
      for (const connection of each(index)) connection.server = "gone";
    },
    fail(index) {
      let evidence: Evidence = { type: "late" };
      for (const connection of each(index)) {
        connection.server = "gone";
        const said = connection.source.isClosed() ? nothing : lose(connection);
        if (said.type === "failure") evidence = said;
        connection.source.fail();
      }
      return evidence;
    },
    isHeard: () =>
      connections.some(({ source, hasBeenHeard }) => hasBeenHeard && !source.isClosed()),
    isDoubted: () => endedEarly > maxEndedEarly && !hasLasted(),
    beginAnew() {
      believed = undefined;
      endedEarly = 0;
      lastAskedAt = 0;
    },
    waiting: () =>
      indexesOf(({ source, server: state }) => state === "waiting" && !source.isClosed()),
    unheard: () => indexesOf(({ frames }) => frames[0]?.type === "init"),
    backlog: (index) => find(index)?.frames.length ?? 0,
  };
}

function init(jobs: readonly Telling[], bad: number | undefined) {
  const entries: unknown[] = jobs.map((job) => job.wire);
  if (bad === undefined) return { data: { runs: entries } };
  const { entry, field } = badEntry("run", bad, jobs);
  // Behind the good ones: of two entries with one id the first counts.
  return { data: { runs: [...entries, entry] }, field };
}
