import type { SyncEnvironment } from "./environment.ts";

/** The session has ended, or never was: nothing is to be asked again. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";
}

/** What a request that went well brought. */
export interface JsonAnswer {
  body: unknown;
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
    const response = await environment.fetch(url, { signal: timeout.signal });
    return { body: await readJson(response) };
  } catch (cause) {
    if (!timeout.signal.aborted || signal.aborted) throw cause;
    throw new Error(`no answer within ${timeoutMs / 1_000} s`, { cause });
  } finally {
    cancelTimeout();
    signal.removeEventListener("abort", endEarly);
  }
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
