import { displayText } from "../../index.ts";
import { HttpError } from "./HttpError.ts";

/** What to say when nothing answers. */
export const noAnswer = "The backend does not answer. Try again once the backend runs.";

/** After how long without an answer that is said, in ms, and one can try again. */
export const patienceMs = 10_000;

/** What to say then; an answer that comes late still counts. */
export const slowAnswer = "The backend has not answered for 10 s. The console is still waiting.";

/** What to say when an answer ends before its end. */
export const brokenOff = "The backend's answer broke off. Try again.";

/** What to say when the session is over. */
export const sessionEnded = "Your session has ended. Sign in again.";

// What a gateway or a development proxy answers in place of a backend that is down.
const gatewayStatuses = new Set([502, 503, 504]);

/** The error for an answer that is not a success: the backend's own words where it has any. */
export async function toHttpError(response: Response): Promise<HttpError> {
  const own = errorField(await readJsonOrNothing(response));
  return new HttpError(own ?? wordsFor(response.status), response.status);
}

function wordsFor(status: number): string {
  if (gatewayStatuses.has(status)) return noAnswer;
  if (status === 401) return sessionEnded;
  if (status === 404) return "This no longer exists. Reload the page.";
  if (status >= 500) return `The backend failed (HTTP ${status}). The backend's log says more.`;
  return `The backend refused (HTTP ${status}).`;
}

async function readJsonOrNothing(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // An error page in HTML, or no body: the status alone has to do.
    return undefined;
  }
}

function errorField(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined;
  const text = typeof body.error === "string" ? displayText(body.error) : "";
  return text === "" ? undefined : text;
}
