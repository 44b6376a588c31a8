import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** The session id that the request carries, if any. */
export function readSessionId(c: Context): string | undefined {
  return getCookie(c, cookieName(c));
}

/** Hands the session id to the browser, out of reach of scripts and of other sites. */
export function writeSessionId(c: Context, id: string): void {
  setCookie(c, cookieName(c), id, { httpOnly: true, sameSite: "Strict", path: "/" });
}

/** Takes the session id from the browser. */
export function clearSessionId(c: Context): void {
  deleteCookie(c, cookieName(c), { path: "/" });
}

/**
 * Cookies ignore ports: without the port in its name, signing in at a second console on this
 * machine (the preview server that a run has started, say) would sign out of the first.
 */
function cookieName(c: Context): string {
  const port = /:(\d+)$/.exec(c.req.header("host") ?? "")?.[1] ?? "80";
  return `active-indicator-session-${port}`;
}
