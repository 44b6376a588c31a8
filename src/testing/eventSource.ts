import type { EventSourceLike } from "../sync/environment.ts";

/** An EventSource whose server is the test. */
export interface FakeEventSource extends EventSourceLike {
  readonly url: string;
  /** Virtual time at which it was opened, in ms. */
  readonly openedAt: number;
  isClosed: () => boolean;
  /** The headers arrive. */
  open: () => void;
  /**
   * An event arrives; a string goes as it is, anything else as JSON. It is delivered after `close` too,
   * which a browser would not: whoever closed it must not listen any more.
   */
  send: (type: string, data: unknown) => void;
  /** The connection is refused or lost. */
  fail: () => void;
  /** `open`, then an `init` with these runs. */
  init: (runs: readonly unknown[]) => void;
  /** A `run-update` with this run. */
  update: (run: unknown) => void;
}

type Listener = Parameters<EventSourceLike["addEventListener"]>[1];

/** Creates one; `onClose` is called when it is closed, once. */
export function createFakeEventSource(
  url: string,
  openedAt: number,
  onClose: (source: FakeEventSource) => void,
): FakeEventSource {
  const listeners: { type: string; listener: Listener }[] = [];
  let isClosed = false;

  function dispatch(type: string, data?: unknown): void {
    for (const entry of listeners) if (entry.type === type) entry.listener({ data });
  }

  function send(type: string, data: unknown): void {
    dispatch(type, typeof data === "string" ? data : JSON.stringify(data));
  }

  const source: FakeEventSource = {
    url,
    openedAt,
    addEventListener: (type, listener) => void listeners.push({ type, listener }),
    close() {
      if (isClosed) return;
      isClosed = true;
      onClose(source);
    },
    isClosed: () => isClosed,
    open: () => dispatch("open"),
    send,
    fail: () => dispatch("error"),
    init(runs) {
      dispatch("open");
      send("init", { runs });
    },
    update: (run) => send("run-update", { run }),
  };
  return source;
}
