import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createBackend } from "../../../src/dev-backend/backend.ts";
import type { DevProject } from "../../../src/dev-backend/projects.ts";

/** A backend of its own, for the console to be pointed at. */
export interface Upstream {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** Resets every connection, as when the backend is killed; it goes on serving new ones. */
  reset: () => void;
  stop: () => Promise<void>;
}

/** A stream below `/api` that sends its headers and then nothing. */
export const quietPath = "/api/quiet";

/** Serves the HTTP contract, and {@link quietPath}, on a free port of 127.0.0.1. */
export async function startUpstream(projects: readonly DevProject[]): Promise<Upstream> {
  const backend = createBackend({ projects, graceMs: 300 });
  const answer = getRequestListener((request) => backend.fetch(request), {
    overrideGlobalObjects: false,
  });
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (request.url === quietPath)
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    else void answer(request, response);
  }).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  const reset = () => sockets.forEach((socket) => socket.resetAndDestroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    reset,
    async stop() {
      await backend.dispose();
      server.close();
      reset();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen.");
  return address.port;
}
