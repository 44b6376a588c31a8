import { type Context, Hono, type MiddlewareHandler } from "hono";
import * as v from "valibot";

import type { AuthStatus } from "../jobs/contract.ts";
import { readBody } from "./guards.ts";
import { HttpError } from "./httpError.ts";
import { clearSessionId, readSessionId, writeSessionId } from "./sessionCookie.ts";
import type { Session, Sessions } from "./sessions.ts";

/** What a route behind `requireSession` finds in its context. */
export interface SessionEnv {
  Variables: { session: Session };
}

const loginBody = v.object({
  login: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)),
});

/** Signing in and out. Any name will do: this backend serves one person at their own machine. */
export function authRoutes(sessions: Sessions): Hono {
  return new Hono()
    .get("/status", (c) => c.json(describe(sessions.find(readSessionId(c)))))
    .post("/login", async (c) => {
      const login = await readLogin(c);
      sessions.close(readSessionId(c));
      const session = sessions.open(login);
      writeSessionId(c, session.id);
      return c.json(describe(session));
    })
    .post("/logout", (c) => {
      sessions.close(readSessionId(c));
      clearSessionId(c);
      return c.json(describe(undefined));
    });
}

/** Answers 401 to whoever is not signed in. */
export function requireSession(sessions: Sessions): MiddlewareHandler<SessionEnv> {
  return async (c, next) => {
    const session = sessions.find(readSessionId(c));
    if (!session) throw new HttpError(401, "You are signed out. Sign in to go on.");
    c.set("session", session);
    await next();
  };
}

function describe(session: Session | undefined): AuthStatus {
  return {
    provider: "development",
    configured: true,
    authenticated: session !== undefined,
    login: session?.login ?? null,
    authorizeUrl: null,
  };
}

async function readLogin(c: Context): Promise<string> {
  const result = v.safeParse(loginBody, await readJson(c));
  if (result.success) return result.output.login;
  throw new HttpError(400, 'Give a name of 1 to 64 characters as "login".');
}

async function readJson(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await readBody(c.req.raw));
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw new HttpError(400, 'The request is not JSON. Send { "login": "<name>" }.', { cause });
  }
}
