import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";

/** The page, and a backend for it. */
export interface BenchServer {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string;
  /** How many answers said that nothing has changed. */
  unchanged: () => number;
  close: () => void;
}

const html = `<!doctype html><html lang="en"><title>Bench</title><link rel="icon" href="data:,">
<div id="root"></div><script type="module" src="/script.js"></script>`;

// Isolated, or the browser's clock would be cut to a tenth of a millisecond.
const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * Serves the page at `/` and `/tab`, finished builds at `/builds/etag/<count>` and `/builds/text/<count>`, a
 * stream of a hundred runs at `/runs/stream`, and one of 33 MB at `/runs/big`.
 */
export async function startBenchServer(script: string): Promise<BenchServer> {
  let unchanged = 0;
  const bodies = new Map<string, string>();

  function buildsOf(count: string): string {
    const body = bodies.get(count) ?? buildList(Number(count));
    bodies.set(count, body);
    return body;
  }

  function answer(url: string, ifNoneMatch: string | undefined, response: ServerResponse): void {
    const [, list, way, count = ""] = url.split("/");
    if (list === "builds" && way === "etag") {
      const etag = `"builds-${count}"`;
      const isUnchanged = ifNoneMatch === etag;
      if (isUnchanged) unchanged += 1;
      const headers = { "content-type": "application/json", "cache-control": "no-cache", etag };
      response
        .writeHead(isUnchanged ? 304 : 200, headers)
        .end(isUnchanged ? undefined : buildsOf(count));
    } else if (list === "builds") {
      const headers = { "content-type": "application/json", "cache-control": "no-store" };
      response.writeHead(200, headers).end(buildsOf(count));
    } else if (list === "runs") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
      response.write(
        `event: init\ndata: ${way === "big" ? runList(20, 10_000) : runList(100, 0)}\n\n`,
      );
    } else if (url === "/script.js") {
      const headers = { "content-type": "text/javascript", "cache-control": "max-age=3600" };
      response.writeHead(200, headers).end(script);
    } else {
      response.writeHead(200, { "content-type": "text/html", ...isolated }).end(html);
    }
  }

  const server = createServer(({ url = "/", headers }, response) =>
    answer(url, headers["if-none-match"], response),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  return {
    origin: `http://127.0.0.1:${port}`,
    unchanged: () => unchanged,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const day = Date.UTC(2026, 0, 5);
const timeOf = (second: number) => new Date(day + second * 1_000).toISOString();

function buildList(count: number): string {
  const builds = Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    projectId: `shop-${index % 50}`,
    status: index % 9 === 0 ? "failed" : "succeeded",
    createdAt: timeOf(index),
    startedAt: timeOf(index + 1),
    finishedAt: timeOf(index + 30),
    ...(index % 9 === 0 && { error: "exit code 1" }),
  }));
  return JSON.stringify({ builds });
}

function runList(count: number, lines: number): string {
  const logs = Array.from({ length: lines }, (_, line) => ({
    timestamp: timeOf(line),
    stream: "stdout",
    message: `${line} compiled a module of the shop without a warning`.padEnd(90, "."),
  }));
  const runs = Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    projectId: `shop-${index}`,
    status: "running",
    createdAt: timeOf(index),
    logs,
  }));
  return JSON.stringify({ runs });
}
