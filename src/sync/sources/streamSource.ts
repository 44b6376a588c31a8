import type { JobKind } from "../../jobs/defineJobKind.ts";
import { parseJson, PayloadError, readBy, reporting } from "../../jobs/payload.ts";
import { defineSource, type Source } from "./source.ts";

/** What is streamed. */
export interface StreamSourceOptions<Raw> {
  kind: JobKind<Raw>;
  /** @default the kind's name */
  name?: string | undefined;
  /** Where the stream is; a function is called for each connection. */
  url: string | (() => string);
  /** The event that carries all jobs, and how the entries are picked out of its data. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a host's own types for its data fit
  snapshot: { event: string; list: (data: any) => readonly unknown[] };
  /** The event that carries a job that has changed, and how that is picked out of its data. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a host's own types for its data fit
  update: { event: string; entry: (data: any) => unknown };
  /** After how long without an event the connection is replaced, in ms; 0 for never. @default 60_000 */
  silenceMs?: number | undefined;
  /**
   * Whether each connection begins with a snapshot. Where it does not, an open connection counts as
   * an answer, and only what its updates say is known. @default true
   */
  sendsSnapshot?: boolean | undefined;
}

/**
 * A source that listens to an event stream of JSON. It never leaves it to the browser to connect
 * again, whose own retry knows neither backoff nor jitter (WHATWG HTML, "Server-sent events",
 * reestablish the connection).
 */
export function streamSource<Raw>(options: StreamSourceOptions<Raw>): Source {
  const { kind, name = kind.name, url, snapshot, update } = options;
  const { silenceMs = 60_000, sendsSnapshot = true } = options;
  if (!(silenceMs >= 0 && Number.isFinite(silenceMs))) {
    const expected = "a number of milliseconds, or 0 to turn it off";
    throw new TypeError(`streamSource: silenceMs must be ${expected}; got ${String(silenceMs)}`);
  }
  return defineSource({
    name,
    kinds: [kind],
    ...(typeof url === "string" && { key: url }),
    silenceMs,
    start(sink, { openEventSource, signal }) {
      const stream = openEventSource(typeof url === "string" ? url : url());

      function on(type: string, listener: (data: unknown) => void): void {
        stream.addEventListener(type, ({ data }) => {
          if (!signal.aborted) listener(data);
        });
      }

      on("open", () => !sendsSnapshot && sink.live());
      // A server may name an event so, which then carries data: that is a sign of life.
      on("error", (data) =>
        data === undefined ? sink.lost("the connection was lost or refused") : sink.update([]),
      );
      on(snapshot.event, (data) => {
        try {
          const entries = pick(snapshot.event, snapshot.list, data);
          if (!Array.isArray(entries)) throw new PayloadError(snapshot.event, "a list", entries);
          sink.snapshot(kind, sink.parse(kind, entries));
        } catch (problem) {
          if (!(problem instanceof PayloadError)) throw problem;
          sink.problem(problem);
          sink.lost(problem.message);
        }
      });
      on(update.event, (data) => {
        const read = () => [pick(update.event, update.entry, data)];
        sink.update(sink.parse(kind, reporting(read, sink.problem) ?? []));
      });
      return () => stream.close();
    },
  });
}

// Whatever a host's code throws costs that event alone.
function pick(event: string, choose: (data: unknown) => unknown, data: unknown): unknown {
  const value = parseJson(event, String(data));
  return readBy(event, "data that can be read", () => choose(value));
}
