import type { MiddlewareHandler } from "hono";

import { HttpError } from "./httpError.ts";

const MAX_BODY_BYTES = 16 * 1024;

const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses a foreign `Host` (a site that had its name point to this machine) and a foreign `Origin`
 * (a site that sends requests to it) with 403: what is served here starts processes.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header("host") ?? "";
  if (!LOCAL_HOST.test(host))
    throw new HttpError(403, `The host "${host}" is refused. Use 127.0.0.1 or localhost.`);
  const origin = c.req.header("origin");
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    throw new HttpError(
      403,
      `Requests from ${origin} are refused. Use the page at http://${host}.`,
    );
  await next();
};

/**
 * Reads the body of a request, whether its length is given or it comes in chunks. Only a login has
 * a body that matters; the server drains all others by itself.
 *
 * @throws HttpError 413 once the body is over 16 KiB, and any error if the client leaves meanwhile
 */
export async function readBody({ body }: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new HttpError(413, `The login is too long: at most ${MAX_BODY_BYTES} bytes are read.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Keeps answers out of caches, unless a route says otherwise itself. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
};

/** Ends the body of an answer to HEAD: Hono drops it, and a stream that nobody reads stays open. */
export const endBodyOfHead: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method === "HEAD") await c.res.body?.cancel();
};
