/** Receives one event of the stream, already in the form in which it is sent. */
type RunListener = (projectId: string, text: string) => void;

/** Passes what happens to runs on to whoever is listening. */
export interface RunEvents {
  publish(event: "run-update" | "run-log", projectId: string, data: unknown): void;
  /** Returns what ends it. */
  subscribe(listener: RunListener): () => void;
}

/** Makes a hub without listeners. */
export function createRunEvents(): RunEvents {
  const listeners = new Set<RunListener>();

  return {
    publish(event, projectId, data) {
      if (listeners.size === 0) return;
      // An event may be long: it is written once for all listeners.
      const text = formatEvent(event, data);
      for (const listener of listeners) listener(projectId, text);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** One event as it is sent. JSON holds no raw line end, so one `data` line will do. */
export function formatEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
