/** A stream that a page has opened. Times are epoch ms. */
interface PageStream {
  /** When the server answered; absent until it has. */
  openAt?: number;
  isClosed: boolean;
}

declare global {
  interface Window {
    /** All streams that the page has opened. */
    tabStreams?: PageStream[];
    /** What happened to the page, in order: `freeze`, `restored`. */
    tabEvents?: string[];
  }
}

/**
 * Runs in a page before all else, so it can use nothing from around it. Notes each EventSource,
 * which tells who leads, and what happens to the page. Nobody gets a WebSocket: Vite would reload
 * the page when somebody saves a file, and an open one keeps a page out of the back/forward cache.
 */
export function watchTab(): void {
  const streams: PageStream[] = (window.tabStreams = []);
  const events: string[] = (window.tabEvents = []);

  window.EventSource = class extends EventSource {
    readonly #stream: PageStream = { isClosed: false };

    constructor(url: string | URL) {
      super(url);
      streams.push(this.#stream);
      this.addEventListener("open", () => {
        this.#stream.openAt ??= Date.now();
      });
    }

    override close(): void {
      super.close();
      this.#stream.isClosed = true;
    }
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has all that Vite uses
  window.WebSocket = class extends EventTarget {
    send(): void {}
    close(): void {}
  } as unknown as typeof WebSocket;

  document.addEventListener("freeze", () => events.push("freeze"));
  window.addEventListener("pageshow", ({ persisted }) => persisted && events.push("restored"));
}
