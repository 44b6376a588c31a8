import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

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

/** Refuses a body over 16 KiB with 413; the longest one expected is a login. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new HttpError(413, `The request is too long: at most ${MAX_BODY_BYTES} bytes are read.`);
  },
});

/** Keeps answers out of caches, unless a route says otherwise itself. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
};
