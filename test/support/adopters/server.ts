import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Deployment, Operation, Task, WorkflowRun } from "./wire.ts";

/** A backend that speaks all the protocols of the adopters, about the same jobs. */
export interface AdopterServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** From now on these are its jobs; whoever is connected is told so. */
  set: (jobs: readonly Task[]) => void;
  /** Whoever has asked since this was called last, by tab. */
  askers: () => string[];
  /** How many streams and sockets are open. */
  connections: () => number;
  /** When the operations were asked for, in ms since the start of the process. */
  readonly askedAt: readonly number[];
  /** Every connection is lost, and whoever asks is refused. */
  goDown: () => void;
  comeBack: () => void;
  close: () => void;
}

const lamp: Task = { id: "hall", title: "hall", state: "working" };

/** Starts it on a port of its own on 127.0.0.1. */
export async function startAdopterServer(): Promise<AdopterServer> {
  let jobs: readonly Task[] = [];
  let isDown = false;
  let askers = new Set<string>();
  const askedAt: number[] = [];
  const listeners = new Map<Duplex | ServerResponse, () => void>();

  function listen(connection: Duplex | ServerResponse, tell: () => void): void {
    listeners.set(connection, tell);
    connection.on("close", () => void listeners.delete(connection));
    connection.on("error", () => connection.destroy());
    tell();
  }

  function stream(response: ServerResponse, events: () => [name: string, data: object][]): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    listen(response, () => {
      for (const [name, data] of events())
        response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    });
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://localhost");
    const { authorization } = request.headers;
    askers.add(url.searchParams.get("tab") ?? authorization ?? "nobody");
    const say = (body: object) => void response.end(JSON.stringify(body));
    response.setHeader("content-type", "application/json");
    if (isDown) response.writeHead(503).end();
    else if (url.pathname === "/v6/deployments") say({ deployments: jobs.map(toDeployment) });
    else if (url.pathname === "/api/builds") say({ builds: jobs.map(toBuild) });
    else if (url.pathname === "/tasks") say(jobs);
    else if (url.pathname === "/tasks/stream") stream(response, () => [["tasks", { list: jobs }]]);
    else if (url.pathname === "/both/stream")
      stream(response, () => [
        ["lamps", { list: [lamp] }],
        ["tasks", { list: jobs }],
      ]);
    else if (url.pathname.startsWith("/repos/") && authorization === undefined)
      response.writeHead(401).end();
    else if (url.pathname.startsWith("/repos/")) say({ workflow_runs: jobs.map(toWorkflowRun) });
    else answerOperation(url.pathname.replace("/v1/operations/", ""), response);
  }

  function answerOperation(id: string, response: ServerResponse): void {
    askedAt.push(performance.now());
    const job = jobs.find((it) => it.id === id);
    if (!job) return void response.writeHead(404).end();
    response.setHeader("retry-after", "1").end(JSON.stringify(toOperation(job)));
  }

  const server = createServer(answer);
  server.on("upgrade", (request, socket) => {
    if (isDown) socket.destroy();
    else {
      socket.write(handshake(request.headers["sec-websocket-key"] ?? ""));
      // Nothing else is sent to it but that the socket is to be closed.
      socket.on("data", () => socket.end());
      listen(socket, () => socket.write(frameOf(JSON.stringify({ list: jobs }))));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  return {
    origin: `http://127.0.0.1:${port}`,
    set(next) {
      jobs = next;
      for (const tell of listeners.values()) tell();
    },
    askers() {
      const asked = [...askers];
      askers = new Set();
      return asked;
    },
    connections: () => listeners.size,
    askedAt,
    goDown() {
      isDown = true;
      for (const connection of listeners.keys()) connection.destroy();
    },
    comeBack() {
      isDown = false;
    },
    close() {
      server.close();
      server.closeAllConnections();
      for (const connection of listeners.keys()) connection.destroy();
    },
  };
}

/** An operation, as the backend answers the request that begins it, and whoever asks for it. */
export function toOperation({ id, title, state }: Task): Operation {
  return {
    name: `operations/${id}`,
    metadata: { title, state: state === "queued" ? "PENDING" : "RUNNING" },
    ...(state === "failed" && { done: true, error: { message: "the disk is full" } }),
  };
}

function toDeployment({ id, title, state }: Task): Deployment {
  const states = { queued: "QUEUED", working: "BUILDING", failed: "ERROR" } as const;
  return { uid: `dpl_${id}`, name: title, state: states[state], created: 1_767_614_400_000 };
}

function toWorkflowRun({ id, title, state }: Task): WorkflowRun {
  const statuses = { queued: "queued", working: "in_progress", failed: "completed" } as const;
  const conclusion = state === "failed" ? "failure" : null;
  return { id: Number(id), name: title, status: statuses[state], conclusion };
}

function toBuild({ id, title, state }: Task) {
  const statuses = { queued: "pending", working: "running", failed: "failed" } as const;
  return { id, projectId: title, status: statuses[state], createdAt: "2026-01-05T12:00:00.000Z" };
}

// RFC 6455: each message is one text frame.
function handshake(key: string): string {
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  return (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    `Sec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`
  );
}

function frameOf(text: string): Buffer {
  const data = Buffer.from(text);
  const length = data.length < 126 ? [data.length] : [126, data.length >> 8, data.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length]), data]);
}
