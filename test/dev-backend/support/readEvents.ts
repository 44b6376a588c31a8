import { vi } from "vitest";

/** One event as it was sent; a comment has the name `:`. */
interface StreamEvent {
  name: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  data: any;
  text: string;
}

/** What has come over an event stream so far. */
export interface EventStream {
  response: Response;
  events: StreamEvent[];
  /** True once the server has ended it, or the connection broke. */
  isOver(): boolean;
  /** The statuses that a run had, in order, without repetition. */
  statuses(runId: string): string[];
  /** Waits until an event fits. */
  find(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  close(): void;
}

/** Collects the events of a response from now on. */
export function readEvents(response: Response, close: () => void): EventStream {
  const events: StreamEvent[] = [];
  let over = false;
  void collect(response, (text) => events.push(parseEvent(text)))
    // It breaks when the test closes it, and the test asks isOver() about other breaks.
    .catch(() => undefined)
    .then(() => (over = true));

  return {
    response,
    events,
    close,
    isOver: () => over,
    statuses: (runId) =>
      events
        .flatMap(({ data }) => (data?.run?.id === runId ? [String(data.run.status)] : []))
        .filter((status, index, all) => status !== all[index - 1]),
    find: (fits) =>
      vi.waitFor(
        () => {
          const event = events.find(fits);
          if (!event)
            throw new Error(`No such event among ${events.map((each) => each.text).join(", ")}`);
          return event;
        },
        { timeout: 10_000, interval: 5 },
      ),
  };
}

async function collect(response: Response, onEvent: (text: string) => void): Promise<void> {
  let unfinished = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const parts = (unfinished + decoder.decode(chunk, { stream: true })).split("\n\n");
    unfinished = parts.pop() ?? "";
    parts.forEach(onEvent);
  }
}

function parseEvent(text: string): StreamEvent {
  const [first = "", second = ""] = text.split("\n");
  if (first.startsWith(":")) return { name: ":", data: undefined, text };
  return {
    name: first.replace("event: ", ""),
    data: JSON.parse(second.replace("data: ", "")),
    text,
  };
}
