import { Agent, type IncomingMessage, get } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

// As a browser asks: it takes compressed answers, and would keep the connection.
const requestOptions = (port: number, path: string, headers: Record<string, string> = {}) => ({
  host: "127.0.0.1",
  port,
  path,
  agent: new Agent({ keepAlive: true }),
  headers: { "accept-encoding": "gzip", ...headers },
});

/** What came of one stream so far. */
export interface StreamClient {
  /** From the backend's write to here, in ms, of each event. */
  readonly delaysMs: readonly number[];
  /** How many comments came. */
  readonly comments: number;
  readonly hasEnded: boolean;
  /** Closes the connection, as a browser does whose tab is closed. Returns when. */
  leave: () => number;
}

/** Opens an event stream. */
export function openStream(port: number, path: string): StreamClient {
  const delaysMs: number[] = [];
  const state = { delaysMs, comments: 0, hasEnded: false };
  const end = () => (state.hasEnded = true);
  const read = (block: string) => {
    const writtenAt = /^data: (.*)$/m.exec(block)?.[1];
    if (writtenAt === undefined) state.comments += 1;
    else delaysMs.push(performance.now() - Number(writtenAt));
  };
  const request = get(requestOptions(port, path), (response) => {
    let text = "";
    response.on("close", end).on("error", end);
    decoded(response)
      .setEncoding("utf8")
      .on("error", end)
      .on("data", (chunk: string) => {
        const blocks = (text + chunk).split("\n\n");
        text = blocks.pop() ?? "";
        blocks.forEach(read);
      });
  });
  request.on("error", end);
  return Object.assign(state, {
    leave: () => {
      request.destroy();
      return performance.now();
    },
  });
}

function decoded(response: IncomingMessage): Readable {
  return response.headers["content-encoding"] === "gzip" ? response.pipe(createGunzip()) : response;
}

/** Asks once. Resolves with the status and the ETag; rejects where nobody answers. */
export function ask(port: number, path: string, etag?: string) {
  return new Promise<{ status: number; etag: string | undefined }>((resolve, reject) => {
    const options = requestOptions(port, path, etag === undefined ? {} : { "if-none-match": etag });
    get({ ...options, agent: false }, (response) => {
      response.resume().on("end", () => {
        resolve({ status: response.statusCode ?? 0, etag: response.headers.etag });
      });
    }).on("error", reject);
  });
}
