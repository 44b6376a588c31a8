import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { BuildJob, RunJob } from "../../../src/jobs/contract.ts";
import { answers, type Behaviour, goneUrl, good } from "./behaviours.ts";
import { type FaultClock, realClock } from "./clock.ts";

/** A server of the contract's two sources, over real TCP, each of which can be made to fail. */
export interface FaultServer {
  readonly baseUrl: string;
  /** What slow behaviours go by. */
  readonly clock: FaultClock;
  /** What is true: what the next snapshot and the next answer say. */
  runs: RunJob[];
  builds: BuildJob[];
  /** How each source behaves from the next request on. */
  stream: Behaviour;
  poll: Behaviour;
  /** Streams that are open and hear what is sent. */
  readonly streams: Set<ServerResponse>;
  /** How many requests each source has had. */
  readonly counts: { streams: number; polls: number; notModified: number };
  /** How many requests wait for the end of their answer. */
  waiting: () => number;
  /** Changes a run and tells it on every stream. */
  update: (run: RunJob) => void;
  /** Sends these bytes on every stream, whatever they are. */
  write: (bytes: string) => void;
  /** Ends every stream. */
  dropStreams: () => void;
  /** Leaves every stream open and never sends on it again, as after a sleep of the machine. */
  forgetStreams: () => void;
  /** Closes the port, and every connection: with a reset, as when the process is killed. */
  kill: () => Promise<void>;
  /** Opens the port again. */
  restart: () => Promise<void>;
}

/** Starts it on a port of its own on 127.0.0.1, in real time or another. It ends with `kill`. */
export async function startFaultServer(clock: FaultClock = realClock): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let waiting = 0;
  const http = createServer(answer).on("connection", (socket) => {
    sockets.add(socket);
    // A peer that resets is one of the things that are to be seen here.
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  const port = await listenSomewhere((candidate) => listen(candidate));

  async function listen(at: number): Promise<void> {
    http.listen(at, "127.0.0.1");
    await once(http, "listening");
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("access-control-allow-origin", "*");
    waiting += 1;
    response
      .on("error", () => {})
      .on("close", () => {
        waiting -= 1;
        streams.delete(response);
      });
    const isStream = request.url?.endsWith("/runs/stream") === true;
    server.counts[isStream ? "streams" : "polls"] += 1;
    behaviourFor(request.url)({ request, response, isStream, server });
  }

  function behaviourFor(url = ""): Behaviour {
    if (url === goneUrl) return answers(500);
    return url.endsWith("/runs/stream") ? server.stream : server.poll;
  }

  const server: FaultServer = {
    clock,
    baseUrl: `http://127.0.0.1:${port}/api`,
    runs: [],
    builds: [],
    stream: good,
    poll: good,
    streams,
    counts: { streams: 0, polls: 0, notModified: 0 },
    waiting: () => waiting,
    update(run) {
      server.runs = [...server.runs.filter(({ id }) => id !== run.id), run];
      server.write(`event: run-update\ndata: ${JSON.stringify({ run })}\n\n`);
    },
    write: (bytes) => streams.forEach((stream) => stream.write(bytes)),
    dropStreams: () => streams.forEach((stream) => stream.destroy()),
    forgetStreams: () => streams.clear(),
    async kill() {
      if (!http.listening) return;
      const closed = once(http, "close");
      http.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
    restart: () => listen(port),
  };
  return server;
}

/**
 * Below the ports that systems give out by themselves: nobody takes it while the server is down.
 */
async function listenSomewhere(listen: (port: number) => Promise<void>): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  try {
    await listen(port);
    return port;
  } catch {
    // Somebody has this one; there are others.
    return listenSomewhere(listen);
  }
}
