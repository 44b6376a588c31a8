import { EventSource, type EventSourceInit } from "eventsource";

type FetchLike = NonNullable<EventSourceInit["fetch"]>;

/**
 * Node's EventSource with its corners rounded off, so that it ends like a browser's: closing it
 * also ends the body of an answer that it refused, its own retry does not outlive an error handler
 * that closes it, and a body that fails without a reason (as MSW's does) fails as a network does.
 */
export class NodeEventSource extends EventSource {
  readonly #ending: AbortController;

  constructor(url: string | URL) {
    const ending = new AbortController();
    super(url, { fetch: (input, init) => openBody(input, { ...init, signal: ending.signal }) });
    this.#ending = ending;
  }

  override close(): void {
    super.close();
    this.#ending.abort();
    // During its error event it sets the timer of its retry after the handlers have run.
    queueMicrotask(() => super.close());
  }
}

const openBody: FetchLike = async (input, init) => {
  const response = await fetch(input, init);
  const { body, url, status, redirected, headers } = response;
  return { body: body && withReasons(body), url, status, redirected, headers };
};

function withReasons(body: ReadableStream<Uint8Array>) {
  return {
    getReader() {
      const reader = body.getReader();
      return {
        read: () => reader.read().catch((reason: unknown) => fail(reason)),
        cancel: () => reader.cancel(),
      };
    },
  };
}

function fail(reason: unknown): never {
  throw reason ?? new TypeError("terminated");
}
