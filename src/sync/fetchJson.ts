import type { SyncEnvironment } from "./environment.ts";

/** The session has ended, or never was: nothing is to be asked again. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";
}

/** What a request that went well brought. */
export interface JsonAnswer {
  body: unknown;
  /** How far the server's clock is ahead of the client's, in ms, where the answer says. */
  clockOffsetMs?: number;
}

/** A request, and how long it may take. */
export interface JsonRequest {
  url: string;
  timeoutMs: number;
  /** Ends it from outside; the promise then rejects. */
  signal: AbortSignal;
}

/**
 * Asks for JSON. The browser's own cache is left to work, so an unchanged answer costs a 304.
 *
 * Rejects with an UnauthorizedError on 401 and 403, else with an Error that says what came instead.
 */
export async function fetchJson(
  environment: SyncEnvironment,
  { url, timeoutMs, signal }: JsonRequest,
): Promise<JsonAnswer> {
  const timeout = new AbortController();
  const cancelTimeout = environment.after(timeoutMs, () => timeout.abort());
  const endEarly = () => timeout.abort();
  signal.addEventListener("abort", endEarly);
  try {
    const askedAt = environment.now();
    const response = await environment.fetch(url, { signal: timeout.signal });
    const clock = readClock(response, (askedAt + environment.now()) / 2);
    return { body: await readJson(response), ...clock };
  } catch (cause) {
    if (!timeout.signal.aborted || signal.aborted) throw cause;
    throw new Error(`no answer within ${timeoutMs / 1_000} s`, { cause });
  } finally {
    cancelTimeout();
    signal.removeEventListener("abort", endEarly);
  }
}

// A `Date` header has whole seconds, cut off: on average the clock is half a second further.
function readClock({ headers }: Response, now: number): Pick<JsonAnswer, "clockOffsetMs"> {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? {} : { clockOffsetMs: date + 500 - now };
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 401 || response.status === 403) {
    throw new UnauthorizedError(`HTTP ${response.status}`);
  }
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const type = response.headers.get("content-type") ?? "no content type";
    throw new Error(`expected JSON, got ${type}`, { cause });
  }
}
