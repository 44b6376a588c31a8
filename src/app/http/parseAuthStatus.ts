import * as v from "valibot";
import type { AuthStatus } from "../../index.ts";
import { parseBy, shownText } from "./readJson.ts";

// It becomes a link, which must not be able to run a script.
const webAddress = v.pipe(v.string(), v.regex(/^(https?:\/\/|\/)/i));

const authStatusSchema = v.object({
  provider: shownText,
  configured: v.boolean(),
  authenticated: v.boolean(),
  login: v.nullable(shownText),
  authorizeUrl: v.fallback(v.nullable(webAddress), null),
});

/** Who is signed in, and how to sign in. @throws PayloadError */
export function parseAuthStatus(body: unknown): AuthStatus {
  return parseBy(authStatusSchema, "auth", body);
}
