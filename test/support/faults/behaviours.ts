import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultServer } from "./server.ts";

/** One request, and what it is asked of. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Whether it asks for the stream, not the builds. */
  isStream: boolean;
  server: FaultServer;
}

/** What becomes of a request. */
export type Behaviour = (exchange: Exchange) => void;

const streamHeaders = { "content-type": "text/event-stream", "cache-control": "no-cache" };

/** As the contract says. */
export const good: Behaviour = (exchange) => {
  if (exchange.isStream) openStream(exchange);
  else answerBuilds(exchange);
};

function openStream({ response, server }: Exchange): void {
  response.writeHead(200, streamHeaders);
  response.write(`event: init\ndata: ${JSON.stringify({ runs: server.runs })}\n\n`);
  server.streams.add(response);
}

function answerBuilds({ request, response, server }: Exchange): void {
  const body = JSON.stringify({ builds: server.builds });
  const etag = `"${body.length}-${server.builds.map(({ status }) => status).join()}"`;
  const isKnown = request.headers["if-none-match"] === etag;
  if (isKnown) server.counts.notModified += 1;
  const headers = { "content-type": "application/json", "cache-control": "private, no-cache" };
  response.writeHead(isKnown ? 304 : 200, { ...headers, etag });
  response.end(isKnown ? undefined : body);
}

/** Closes the connection with a reset, before any answer. */
export const reset: Behaviour = ({ request }) => request.socket.resetAndDestroy();

/** Breaks off in the middle of the answer. */
export const truncated: Behaviour = ({ request, response, isStream }) => {
  response.writeHead(200, isStream ? streamHeaders : { "content-length": 1_000 });
  response.write(isStream ? 'event: init\ndata: {"runs":[' : '{"builds":[');
  setTimeout(() => request.socket.destroy(), 10);
};

/** Answers with an HTTP status. */
export function answers(code: number): Behaviour {
  return ({ response }) => {
    response.writeHead(code, { "content-type": "application/json" });
    response.end(code === 204 ? undefined : '{"error":"on purpose"}');
  };
}

/** Answers with a page, as a proxy does that knows better. */
export const wrongType: Behaviour = ({ response }) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Welcome");
};

/** Where there is nothing but an error. */
export const goneUrl = "/api/gone";

/** Redirects to an error. */
export const redirectToError: Behaviour = ({ response }) => {
  response.writeHead(302, { location: goneUrl }).end();
};

/** An `init` that is none. */
export const malformedInit: Behaviour = ({ response }) => {
  response.writeHead(200, streamHeaders).write("event: init\ndata: <html>\n\n");
};

/** Accepts and never answers. */
export const mute: Behaviour = () => {};

/** Sends the headers, and then nothing for ever. */
export const silent: Behaviour = ({ response, isStream }) => {
  response.writeHead(200, isStream ? streamHeaders : {}).flushHeaders();
};

/** As the contract says, `ms` later. */
export function slow(ms: number): Behaviour {
  return (exchange) => void exchange.server.clock.after(ms, () => good(exchange));
}

/** Answers what is true now, `ms` later. */
export function late(ms: number): Behaviour {
  return (exchange) => {
    const { server } = exchange;
    const then = { ...exchange, server: { ...server, builds: server.builds } };
    server.clock.after(ms, () => answerBuilds(then));
  };
}

/** As the contract says, and `ms` later it closes the connection. */
export function flapping(ms: number): Behaviour {
  return (exchange) => {
    good(exchange);
    exchange.server.clock.after(ms, () => exchange.response.destroy());
  };
}

/** What a cache answers that has kept an ended stream: what was true when it had asked for it. */
export function replayed({ runs }: FaultServer): Behaviour {
  const init = `event: init\ndata: ${JSON.stringify({ runs })}\n\n`;
  return ({ response }) => response.writeHead(200, streamHeaders).end(init);
}

/** What a cache answers that has kept the list for so many seconds, and says so. */
export function keptFor(seconds: number): Behaviour {
  return ({ response, server }) => {
    response.writeHead(200, { "content-type": "application/json", age: String(seconds) });
    response.end(JSON.stringify({ builds: server.builds }));
  };
}

/** Too busy, and says for how long, in seconds. */
export function busyFor(seconds: number): Behaviour {
  return ({ response }) => response.writeHead(429, { "retry-after": String(seconds) }).end();
}

/** Sends the headers, no event, and closes the connection `ms` later. */
export function flappingEmpty(ms: number): Behaviour {
  return (exchange) => {
    silent(exchange);
    exchange.server.clock.after(ms, () => exchange.response.destroy());
  };
}

/** As the contract says, and every run has a log of so many bytes. */
export function large(bytes: number): Behaviour {
  const message = "x".repeat(2 ** 10);
  const line = { timestamp: "2026-01-05T12:00:00.000Z", stream: "stdout" as const, message };
  const logs = Array.from({ length: bytes / 2 ** 10 }, () => line);
  return (exchange) => {
    const { server } = exchange;
    for (const run of server.runs) run.logs = logs;
    good(exchange);
  };
}
