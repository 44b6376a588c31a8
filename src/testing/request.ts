/** A request whose server is the test. */
export interface FakeRequest {
  readonly url: string;
  readonly init: RequestInit;
  /** Virtual time at which it was sent, in ms. */
  readonly sentAt: number;
  /** Whether it was answered, failed or was aborted. */
  isSettled: () => boolean;
  isAborted: () => boolean;
  /**
   * Answers; a string goes as it is, anything else as JSON. Without effect once it is settled.
   * Without `headers` no cache on the way may keep it, as the contract asks it of a server.
   */
  respond: (body: unknown, status?: number, headers?: Record<string, string>) => void;
  /** Fails as a `fetch` without network does. Without effect once it is settled. */
  fail: () => void;
}

/** How a request is made. */
export interface FakeRequestOptions {
  url: string;
  init: RequestInit;
  sentAt: number;
  /** Whether an abort goes unheard, as with a `fetch` that was replaced badly: it answers late. */
  ignoresAbort: boolean;
  /** Called once, when it is settled. */
  onSettled: (request: FakeRequest) => void;
}

/** Creates a request, and the promise of its answer. */
export function createFakeRequest(options: FakeRequestOptions): {
  request: FakeRequest;
  response: Promise<Response>;
} {
  const { url, init, sentAt } = options;
  let isSettled = false;
  let resolve!: (response: Response) => void;
  let reject!: (reason: unknown) => void;
  const response = new Promise<Response>((...settlers) => ([resolve, reject] = settlers));

  function settle(act: () => void): void {
    if (isSettled) return;
    isSettled = true;
    act();
    options.onSettled(request);
  }

  const request: FakeRequest = {
    url,
    init,
    sentAt,
    isSettled: () => isSettled,
    isAborted: () => init.signal?.aborted === true,
    respond: (body, status = 200, headers = { "cache-control": "private, no-cache" }) =>
      settle(() => resolve(toResponse(body, status, headers))),
    fail: () => settle(() => reject(new TypeError("fetch failed"))),
  };
  const abort = () => settle(() => reject(new DOMException("aborted", "AbortError")));
  if (!options.ignoresAbort) init.signal?.addEventListener("abort", abort);
  return { request, response };
}

// Node's own Response takes longer than all the rest of a test: this has what is used of one.
function toResponse(body: unknown, status: number, headers: Record<string, string>): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response: Pick<Response, "ok" | "status" | "headers" | "text" | "json"> = {
    ok: status >= 200 && status < 300,
    status,
    headers: new Headers({ "content-type": "application/json", ...headers }),
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(JSON.parse(text) as unknown),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has all that sync uses
  return response as Response;
}
