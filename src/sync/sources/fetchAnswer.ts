import type { SourceContext } from "./source.ts";

/** A request that brought no answer that can be used; the message says what came instead. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** The HTTP status; absent where there was no answer at all. */
  readonly status: number | undefined;
  /** For how long the server asked to be left alone, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, answer?: Response, options?: ErrorOptions) {
    super(message, options);
    this.status = answer?.status;
    this.retryAfterMs = answer && readRetryAfter(answer);
  }
}

/** The text of an answer, and what its headers say of where it comes from. */
export interface Answer {
  readonly text: string;
  readonly contentType: string;
  /** Client time half-way between question and answer, epoch ms. */
  readonly atMs: number;
  /** When the server says that it is, epoch ms; absent where it does not, or cannot know. */
  readonly dateMs: number | undefined;
  /** How long it lay in a cache that says so (RFC 9111, `Age`), in ms. */
  readonly ageMs: number;
  /** Whether a cache between server and browser may have kept it, and does not say so. */
  readonly mayBeKept: boolean;
}

/** A request, and how long it may take. */
export interface AnswerRequest {
  readonly url: string;
  readonly init?: RequestInit | undefined;
  readonly timeoutMs: number;
}

/**
 * Asks for a text. The browser's own cache is not believed but asked to revalidate, so that each
 * question reaches the server and an unchanged answer costs a 304 (WHATWG Fetch, cache mode
 * "no-cache").
 *
 * Rejects with a {@link RequestError}, or with what the host's own `fetch` rejects with.
 */
export async function fetchAnswer(
  { fetch, now, after, signal }: SourceContext,
  { url, init, timeoutMs }: AnswerRequest,
): Promise<Answer> {
  const ending = new AbortController();
  let hasTimedOut = false;
  const cancelTimeout = after(timeoutMs, () => {
    hasTimedOut = true;
    ending.abort();
  });
  const endEarly = () => ending.abort();
  signal.addEventListener("abort", endEarly);
  try {
    const askedMs = now();
    const ended = endOf(ending.signal);
    const asking = fetch(url, { cache: "no-cache", ...init, signal: ending.signal });
    const response = await Promise.race([asking, ended]);
    const atMs = (askedMs + now()) / 2;
    if (!response.ok) throw new RequestError(`HTTP ${response.status}`, response);
    const { dateMs, ...headers } = readHeaders(response);
    // Who slept meanwhile does not know when it was that the server looked at its clock.
    const isClear = Math.abs(now() - askedMs) <= timeoutMs;
    const text = await Promise.race([response.text(), ended]);
    return { text, atMs, dateMs: isClear ? dateMs : undefined, ...headers };
  } catch (cause) {
    throw hasTimedOut && !signal.aborted
      ? new RequestError(`no answer within ${timeoutMs / 1_000} s`, undefined, { cause })
      : inPlainWords(cause);
  } finally {
    // The rest of an answer that is not wanted must not hold one of few connections.
    ending.abort();
    cancelTimeout();
    signal.removeEventListener("abort", endEarly);
  }
}

// A host's own `fetch` may not pass the signal on: its answer must not be waited for all the same.
function endOf(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("the request was given up")));
  });
  // Whoever has the answer does not wait for it any more.
  ended.catch(() => {});
  return ended;
}

// What `fetch` itself fails with is a TypeError in each engine's own words: "Failed to fetch",
// "Load failed", "NetworkError when attempting to fetch resource."
function inPlainWords(cause: unknown): unknown {
  if (!(cause instanceof TypeError)) return cause;
  return new RequestError("the server cannot be reached", undefined, { cause });
}

function readHeaders({ headers }: Response) {
  const dateMs = Date.parse(headers.get("date") ?? "");
  const ageMs = Number(headers.get("age") ?? 0) * 1_000;
  const forbidsKeeping = /\b(private|no-cache|no-store)\b/i;
  return {
    contentType: headers.get("content-type") ?? "no content type",
    // The header has whole seconds, cut off: on average the clock is half a second further.
    dateMs: Number.isNaN(dateMs) ? undefined : dateMs + 500,
    ageMs: ageMs > 0 ? ageMs : 0,
    // A cache that says its age says it each time.
    mayBeKept: !headers.has("age") && !forbidsKeeping.test(headers.get("cache-control") ?? ""),
  };
}

// Seconds, or a date (RFC 9110, 10.2.3), which is by the server's clock and so is `Date`.
function readRetryAfter({ headers }: Response): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const now = Date.parse(headers.get("date") ?? "");
  const waitMs = Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
  return waitMs > 0 ? waitMs : undefined;
}
