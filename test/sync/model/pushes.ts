import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import { defineSource, type Sink, type Source } from "../../../src/sync/sources/source.ts";
import { type Evidence, nothing } from "./evidence.ts";
import { type Server, type ServerJob, tell, type Telling } from "./server.ts";

/** A kind of a host's own, with a status that waits for a person. */
export const deploys = defineJobKind({
  name: "deploy",
  noun: "Deploy",
  statuses: {
    pending: "queued",
    building: "working",
    in_review: "waiting",
    releasing: "working",
    ready: "succeeded",
    failed: "failed",
  },
  parse: (it: { id: string; projectId: string; status: "pending"; createdAt: string }) => ({
    id: it.id,
    status: it.status,
    title: it.projectId,
    createdAt: it.createdAt,
  }),
});

/** Something on its way to the client. */
type Frame =
  | { readonly type: "all"; readonly jobs: readonly Telling[] }
  | { readonly type: "one"; readonly job: Telling }
  | { readonly type: "gone"; readonly job: Telling };

/** One connection, as both ends see it. */
interface Connection {
  readonly sink: Sink;
  /** When it last spoke, or was opened: of that moment a snapshot is. */
  spokeAt: number;
  readonly frames: Frame[];
  isOpen: boolean;
  /** Whether the server has answered it. */
  isAnswered: boolean;
}

/** The server's side of a push service of the host's, and the host's own source. */
export interface PushWires {
  readonly source: Source;
  /** The server answers the connection with all deploys; that is on its way. */
  answer: () => void;
  /** The server says how a deploy is, or that it is no more; that arrives later. */
  announce: (job: ServerJob) => void;
  /** The next frame arrives, at an ended connection too. */
  deliver: (at: number) => Evidence;
  /** The client notices that its connection is lost. */
  drop: () => Evidence;
  /** How many connections were opened in all. */
  opened: () => number;
  /** Whether a connection waits for an answer. */
  isWaiting: () => boolean;
  /** Whether something is on its way to an open connection. */
  isUnderWay: () => boolean;
}

/** Creates the wires between a server and one client; `count` says when something happens. */
export function createPushWires(server: Server, count: () => number): PushWires {
  const connections: Connection[] = [];
  const open = () => connections.find(({ isOpen }) => isOpen);

  const source = defineSource({
    name: "deploys",
    kinds: [deploys],
    start(sink, { onWake }) {
      const connection = { sink, spokeAt: count(), frames: [], isOpen: true, isAnswered: false };
      connections.push(connection);
      // The service says by itself what has changed.
      onWake(() => sink.update([]));
      return () => {
        connection.isOpen = false;
      };
    },
  });

  function read({ wire }: Telling) {
    return deploys.parse(asSent(wire));
  }

  function say({ sink }: Connection, frame: Frame): void {
    if (frame.type === "gone") sink.gone([read(frame.job).key]);
    else if (frame.type === "one") sink.update([read(frame.job)]);
    else {
      const entries = frame.jobs.map((job) => job.wire);
      sink.snapshot(deploys, sink.parse(deploys, entries));
    }
  }

  return {
    source,
    answer() {
      const connection = open();
      if (!connection || connection.isAnswered) return;
      connection.isAnswered = true;
      connection.frames.push({ type: "all", jobs: server.list("deploy") });
    },
    announce(job) {
      const frame = { type: job.isListed ? "one" : "gone", job: tell(job) } as const;
      for (const { isAnswered, frames } of connections) if (isAnswered) frames.push(frame);
    },
    deliver(at) {
      const connection = connections.find(({ frames }) => frames.length > 0);
      const frame = connection?.frames.shift();
      if (!connection || !frame) return nothing;
      const { isOpen, spokeAt: askedAt } = connection;
      connection.spokeAt = at;
      say(connection, frame);
      if (!isOpen) return { type: "late" };
      if (frame.type === "gone") return { type: "gone", job: frame.job, at };
      if (frame.type === "one") return { type: "update", job: frame.job, at };
      return { type: "snapshot", kind: "deploy", jobs: frame.jobs, askedAt, at };
    },
    drop() {
      const connection = open();
      connection?.sink.lost("it was cut off");
      return connection ? { type: "failure", source: "deploys" } : nothing;
    },
    opened: () => connections.length,
    isWaiting: () => open()?.isAnswered === false,
    isUnderWay: () => (open()?.frames.length ?? 0) > 0,
  };
}

function asSent(wire: object): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's parse checks it
  return wire as never;
}
