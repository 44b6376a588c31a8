import type { SyncEnvironment } from "./environment.ts";

/** How long a connection may take to answer before it is given up, in ms. */
export const answerTimeoutMs = 15_000;

/** What a connection tells. Nothing is told after `close`. */
export interface StreamListeners {
  /** The headers are there. */
  onOpen: () => void;
  onInit: (data: string) => void;
  onUpdate: (data: string) => void;
  /** The connection is of no use any more and has been closed. */
  onFailure: (message: string) => void;
}

/** One connection to the event stream. */
export interface StreamConnection {
  close: () => void;
}

/** Where to connect, and what counts as an answer. */
export interface StreamConnectionOptions {
  environment: SyncEnvironment;
  url: string;
  /** How long it may take to answer, in ms. @default answerTimeoutMs */
  timeoutMs?: number;
  /** Whether only an event is an answer; if not, the headers are. */
  expectsEvent: boolean;
}

/**
 * Opens one connection. It never retries by itself: on any error the EventSource is closed before
 * the browser can, since its own retry knows neither backoff nor jitter
 * (WHATWG HTML, "Server-sent events", reestablish the connection).
 */
export function openStreamConnection(
  { environment, url, expectsEvent, timeoutMs = answerTimeoutMs }: StreamConnectionOptions,
  listeners: StreamListeners,
): StreamConnection {
  const source = environment.openEventSource(url);
  const cancelTimeout = environment.after(timeoutMs, () =>
    fail(`no answer within ${answerTimeoutMs / 1_000} s`),
  );
  let isClosed = false;

  function close(): void {
    isClosed = true;
    cancelTimeout();
    source.close();
  }

  function fail(message: string): void {
    if (isClosed) return;
    close();
    listeners.onFailure(message);
  }

  function onEvent(type: string, listener: (data: string) => void): void {
    source.addEventListener(type, ({ data }) => {
      if (isClosed) return;
      cancelTimeout();
      listener(String(data));
    });
  }

  source.addEventListener("open", () => {
    if (isClosed) return;
    if (!expectsEvent) cancelTimeout();
    listeners.onOpen();
  });
  source.addEventListener("error", () => fail("the connection was lost or refused"));
  onEvent("init", listeners.onInit);
  onEvent("run-update", listeners.onUpdate);

  return { close };
}
