// The contract's two sources, in a process that can be killed. It listens when it is sent a port,
// and answers any other message with the arrivals.
import { createServer } from "node:http";

const run = {
  id: "r1",
  projectId: "shop",
  status: "running",
  createdAt: "2026-01-05T12:00:00.000Z",
  logs: [],
};

/** When each stream was asked for, in ms since it listens. */
const arrivals = [];
let listensSince = 0;

const server = createServer((request, response) => {
  if (request.url === "/api/runs/stream") {
    arrivals.push(performance.now() - listensSince);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    response.write(`event: init\ndata: ${JSON.stringify({ runs: [run] })}\n\n`);
  } else {
    // Not kept alive, so that only streams are open when the server is killed.
    response.writeHead(200, { "content-type": "application/json", connection: "close" });
    response.end('{"builds":[]}');
  }
});

process.on("message", ({ port }) => {
  if (port === undefined) {
    process.send?.(arrivals);
    return;
  }
  server.listen({ port, host: "127.0.0.1", backlog: 4096 }, () => {
    listensSince = performance.now();
    process.send?.("listening");
  });
});
// Nobody is left to talk to.
process.on("disconnect", () => process.exit());
process.send?.("ready");
