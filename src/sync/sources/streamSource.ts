import type { JobKindName, SourceName } from "../../jobs/jobKinds.ts";
import { PayloadError } from "../../jobs/PayloadError.ts";
import { type Job, reporting, type ReportProblem } from "../../jobs/wire.ts";
import type { Source } from "./source.ts";

/** What is streamed. */
export interface StreamSourceOptions {
  name: SourceName;
  title: string;
  kind: JobKindName;
  url: string;
  /** After how long without an event the connection is replaced, in ms; 0 for never. */
  silenceMs: number;
  /**
   * Whether the server sends a snapshot on each connection. Where it does not, an open connection
   * counts as an answer, and no more is known than what its updates say.
   */
  sendsSnapshot: boolean;
  /** The event that carries all jobs. `parse` throws a PayloadError if its data holds none. */
  snapshot: { event: string; parse: (data: string, report: ReportProblem) => readonly Job[] };
  /** The event that carries a job that changed. `parse` throws a PayloadError if it holds none. */
  update: { event: string; parse: (data: string, report: ReportProblem) => Job };
}

/**
 * A source that listens to an event stream. It never leaves it to the browser to connect again,
 * whose own retry knows neither backoff nor jitter (WHATWG HTML, "Server-sent events",
 * reestablish the connection).
 */
export function streamSource(options: StreamSourceOptions): Source {
  const { name, title, kind, url, silenceMs, sendsSnapshot, snapshot, update } = options;
  return {
    name,
    title,
    kinds: [kind],
    silenceMs,
    start(sink, { openEventSource, signal }) {
      const stream = openEventSource(url);

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
          sink.snapshot(kind, snapshot.parse(String(data), sink.problem));
        } catch (problem) {
          if (!(problem instanceof PayloadError)) throw problem;
          sink.problem(problem);
          sink.lost(problem.message);
        }
      });
      on(update.event, (data) => {
        const job = reporting(() => update.parse(String(data), sink.problem), sink.problem);
        sink.update(job ? [job] : []);
      });
      return () => stream.close();
    },
  };
}
