import { once } from "node:events";
import { type ServerResponse, createServer } from "node:http";

/** What the backend saw of one client, by the `id` in its URLs. */
export interface Visit {
  /** How many streams were opened. */
  streams: number;
  /** When the last stream was closed, by `performance.now()`; absent while it is open. */
  closedAt?: number;
  /** The statuses of the answers to `GET /builds`, in their order. */
  readonly statuses: number[];
}

/** How often a silent stream sends a comment. */
const COMMENT_EVERY_MS = 25_000;

/**
 * A backend that says no more than it must: its stream has neither `Cache-Control` nor
 * `X-Accel-Buffering`, so that what a proxy does right it does by its own configuration.
 */
export async function startBackend(port: number) {
  const visits = new Map<string, Visit>();
  const visit = (id: string): Visit => {
    const seen = visits.get(id) ?? { streams: 0, statuses: [] };
    visits.set(id, seen);
    return seen;
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://backend");
    const seen = visit(searchParams.get("id") ?? "");
    if (pathname === "/api/builds") {
      seen.statuses.push(answerBuilds(request.headers["if-none-match"], response));
    } else if (pathname === "/api/runs/stream") {
      seen.streams += 1;
      delete seen.closedAt;
      response.on("close", () => (seen.closedAt = performance.now()));
      stream(response, searchParams.has("silent"));
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    visit,
    /** Ends the streams too: a proxy may wait for them before it stops. */
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

// The list is long enough to be compressed.
const list = JSON.stringify({ builds: [], padding: "a build, ".repeat(1_000) });
const etag = '"1"';

function answerBuilds(known: string | undefined, response: ServerResponse): number {
  // A proxy that compresses weakens the ETag, and `If-None-Match` is compared weakly anyway.
  const status = known?.replace("W/", "") === etag ? 304 : 200;
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "private, no-cache",
    etag,
  });
  response.end(status === 200 ? list : undefined);
  return status;
}

// The data of each event is when it was written.
function stream(response: ServerResponse, isSilent: boolean): void {
  const send = (event: string) => response.write(`event: ${event}\ndata: ${performance.now()}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream" });
  send("init");
  const timer = isSilent
    ? setInterval(() => response.write(": keep-alive\n\n"), COMMENT_EVERY_MS)
    : setInterval(() => send("run-update"), 1_000);
  response.on("close", () => clearInterval(timer));
}
