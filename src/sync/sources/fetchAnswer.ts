import type { SourceContext } from "./source.ts";

/** Says that a request brought no usable answer, and what came instead. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** The HTTP status; absent where no answer came. */
  readonly status: number | undefined;
  /** The wait that the server asks for by `Retry-After`, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, answer?: Response, options?: ErrorOptions) {
    super(message, options);
    this.status = answer?.status;
    this.retryAfterMs = answer && readRetryAfter(answer);
  }
}

/** The text of an answer, and what its headers say of its age. */
export interface Answer {
  readonly text: string;
  readonly url: string;
  /** What the server calls this state of the list (RFC 9110, 8.8.3, `ETag`); absent if nothing. */
  readonly etag: string | undefined;
  readonly contentType: string;
  /** Client time half-way between question and answer, epoch ms. */
  readonly atMs: number;
  /**
   * The server's clock at `atMs` (RFC 9110, 6.6.1, `Date`), epoch ms. Absent where the answer has no
   * readable date, or the machine slept meanwhile, since `atMs` may then be hours off.
   */
  readonly dateMs: number | undefined;
  /** How long it lay in a cache (RFC 9111, 5.1, `Age`), in ms; 0 where no cache says so. */
  readonly ageMs: number;
  /** Whether a cache on the way that sends no `Age` may have kept it. */
  readonly mayBeKept: boolean;
}

/** A request, and how long it may take in ms. */
export interface AnswerRequest {
  readonly url: string;
  readonly init?: RequestInit | undefined;
  readonly timeoutMs: number;
  /** The last answer: one of the same URL and ETag has the same text, and is not read. */
  readonly last?: Pick<Answer, "url" | "etag" | "text"> | undefined;
}

/**
 * Fetches a text. The cache mode "no-cache" has the browser revalidate what it has cached (WHATWG
 * Fetch): each request reaches the server, and an unchanged answer costs a 304.
 *
 * Rejects with a {@link RequestError}, or with what the host's own `fetch` rejects with.
 */
export async function fetchAnswer(
  { fetch, now, after, signal }: SourceContext,
  { url, init, timeoutMs, last }: AnswerRequest,
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
    // The machine slept meanwhile: the server may have read its clock before that or after it.
    const isClear = Math.abs(now() - askedMs) <= timeoutMs;
    const isSame = headers.etag !== undefined && headers.etag === last?.etag && url === last.url;
    const text = isSame ? last.text : await Promise.race([response.text(), ended]);
    return { text, url, atMs, dateMs: isClear ? dateMs : undefined, ...headers };
  } catch (cause) {
    throw hasTimedOut && !signal.aborted
      ? new RequestError(`no answer within ${timeoutMs / 1_000} s`, undefined, { cause })
      : withPlainMessage(cause);
  } finally {
    // Else the unread rest of an answer would hold one of the few connections to its server.
    ending.abort();
    cancelTimeout();
    signal.removeEventListener("abort", endEarly);
  }
}

// A host's own `fetch` may ignore the signal and never answer: the source must go on all the same.
function endOf(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("the request was given up")));
  });
  // Once the answer is there nobody waits for this, and its rejection must not surface as uncaught.
  ended.catch(() => {});
  return ended;
}

// `fetch` rejects with a TypeError whose message differs by engine: "Failed to fetch", "Load failed",
// "NetworkError when attempting to fetch resource."
function withPlainMessage(cause: unknown): unknown {
  if (!(cause instanceof TypeError)) return cause;
  return new RequestError("the server cannot be reached", undefined, { cause });
}

function readHeaders({ headers }: Response) {
  const dateMs = Date.parse(headers.get("date") ?? "");
  const ageMs = Number(headers.get("age") ?? 0) * 1_000;
  const forbidsKeeping = /\b(private|no-cache|no-store)\b/i;
  return {
    contentType: headers.get("content-type") ?? "no content type",
    etag: headers.get("etag") ?? undefined,
    // The header holds whole seconds, cut off: on average the server's clock is half a second ahead.
    dateMs: Number.isNaN(dateMs) ? undefined : dateMs + 500,
    ageMs: ageMs > 0 ? ageMs : 0,
    // With `Age` the answer's age is known, be it 0.
    mayBeKept: !headers.has("age") && !forbidsKeeping.test(headers.get("cache-control") ?? ""),
  };
}

// The value is seconds or a date (RFC 9110, 10.2.3). A date is by the server's clock: compare it with
// the answer's own `Date`, since the client's clock may be wrong.
function readRetryAfter({ headers }: Response): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const now = Date.parse(headers.get("date") ?? "");
  const waitMs = Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
  return waitMs > 0 ? waitMs : undefined;
}
