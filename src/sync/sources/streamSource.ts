import type { JobKind } from "../../jobs/defineJobKind.ts";
import { parseJson, PayloadError, readBy, reporting } from "../../jobs/payload.ts";
import { defineSource, refuseBadSilence, type Source } from "./source.ts";

/** Options of {@link streamSource}. */
export interface StreamSourceOptions<Raw> {
  /** The kind of all its jobs. */
  kind: JobKind<Raw>;
  /** @default the kind's name */
  name?: string | undefined;
  /** Where the stream is; a function is called for each connection. */
  url: string | (() => string);
  /** The event that carries all jobs, and how the entries are picked out of its parsed JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a host's own types for its data fit
  snapshot: { event: string; list: (data: any) => readonly unknown[] };
  /** The event that carries one changed job, and how its entry is picked out of its parsed JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a host's own types for its data fit
  update: { event: string; entry: (data: any) => unknown };
  /** After how long without an event the connection is replaced, in ms; 0 for never. @default 60_000 */
  silenceMs?: number | undefined;
  /**
   * Whether each connection begins with a snapshot. Where it does not, the source is live once the
   * connection is open, and only the jobs of its updates are known. @default true
   */
  sendsSnapshot?: boolean | undefined;
}

/**
 * Creates a source that listens to an event stream of JSON. Each error of the connection ends it, and
 * the sync opens another after a backoff; left to itself the browser would try again every few
 * seconds, in step with all other clients (WHATWG HTML, 9.2 Server-sent events, "reestablish the
 * connection"). An event whose data cannot be read is reported; if it is a snapshot, the connection
 * counts as lost.
 *
 * @throws TypeError for a `silenceMs` that is no number of milliseconds
 */
export function streamSource<Raw>(options: StreamSourceOptions<Raw>): Source {
  const { kind, name = kind.name, url, snapshot, update } = options;
  const { silenceMs = 60_000, sendsSnapshot = true } = options;
  refuseBadSilence("streamSource", silenceMs);
  return defineSource({
    name,
    kinds: [kind],
    ...(typeof url === "string" && { key: url }),
    silenceMs,
    start(sink, { openEventSource, signal, onListen }) {
      const stream = openEventSource(typeof url === "string" ? url : url());

      function on(type: string, listener: (data: unknown) => void): void {
        stream.addEventListener(type, ({ data }) => {
          if (!signal.aborted) listener(data);
        });
      }

      on("open", () => !sendsSnapshot && sink.live());
      // An event with data is one of the server's that is named "error": a sign of life.
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
      // After those above: the listeners of a snapshot's event get it once it is believed. An event
      // without data is the browser's own, about the connection.
      onListen((event) => on(event, (data) => typeof data === "string" && sink.event(event, data)));
      return () => stream.close();
    },
  });
}

// A host's `choose` may throw anything: as a PayloadError it costs that event alone.
function pick(event: string, choose: (data: unknown) => unknown, data: unknown): unknown {
  const value = parseJson(event, String(data));
  return readBy(event, "data that can be read", () => choose(value));
}
