import type { Counters } from "./counters.ts";
import { type RunEvents, formatEvent } from "./runEvents.ts";
import type { Runs } from "./runs.ts";

/** A client that lags this far behind its snapshot is cut off; it comes back and gets another. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;

/** What a stream of runs needs. */
export interface RunStreamOptions {
  runs: Pick<Runs, "list">;
  events: RunEvents;
  counters: Counters;
  /** Only runs of this project; without it all. */
  projectId: string | undefined;
  /** The stream closes when this aborts. */
  ended: AbortSignal;
  keepAliveMs: number;
}

/** The body of an event stream: first `init` with all runs, then what happens to them. */
export function createRunStream(options: RunStreamOptions): ReadableStream<Uint8Array> {
  const { runs, events, counters, projectId, ended, keepAliveMs } = options;
  const encoder = new TextEncoder();
  let release: (() => void) | undefined;

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const init = encoder.encode(formatEvent("init", { runs: runs.list(projectId) }));
        // Counted as a lag, a snapshot of long logs would cut off every client at once.
        const least = -init.length;
        const send = (text: string) => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? least) > least) return;
          release?.();
          controller.error(new Error("An event stream was cut off: its client does not read it."));
        };
        const unsubscribe = events.subscribe((project, text) => {
          if (projectId === undefined || project === projectId) send(text);
        });
        const keepAlive = setInterval(() => send(": keep-alive\n\n"), keepAliveMs);
        const end = () => {
          release?.();
          controller.close();
        };
        release = once(() => {
          unsubscribe();
          clearInterval(keepAlive);
          ended.removeEventListener("abort", end);
          counters.openStreams -= 1;
        });

        counters.openStreams += 1;
        counters.streamsOpened += 1;
        controller.enqueue(init);
        ended.addEventListener("abort", end);
        if (ended.aborted) end();
      },
      cancel: () => release?.(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_UNREAD_BYTES }),
  );
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
