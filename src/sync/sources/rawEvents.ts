import { callHost } from "../../store/hostCode.ts";
import { addTo } from "../../store/storeWriter.ts";
import type { Cancel } from "../environment.ts";

/** The longest event that listeners get, in UTF-16 units: it is copied into each tab that listens. */
export const maxEventLength = 1_000_000;

/** An event of a source's connection. */
export interface EventName {
  /** The name of the source. */
  readonly source: string;
  /** The name of the event, as the server sends it. */
  readonly event: string;
}

/** Called with the text of each event's data. */
export type EventListener = (data: string) => void;

/** Who listens to the raw events of a sync's sources. */
export interface EventListeners {
  /** Adds a listener; without effect once they are closed. */
  add: (name: EventName, listener: EventListener) => Cancel;
  /** Calls with the event of each listener to come. */
  onAdded: (callback: (name: EventName) => void) => Cancel;
  /** The event of each listener. */
  names: () => readonly EventName[];
  /** Calls the listeners of an event. What one throws is the host's, and costs no other. */
  deliver: (name: EventName, data: string) => void;
  /** Calls nobody any more. */
  close: () => void;
}

/** Creates the listeners of a sync that nobody listens to yet. */
export function createEventListeners(): EventListeners {
  const entries = new Set<{ name: EventName; listener: EventListener }>();
  const callbacks = new Set<(name: EventName) => void>();
  let isClosed = false;

  return {
    add(name, listener) {
      const entry = { name, listener };
      if (!isClosed) {
        entries.add(entry);
        for (const callback of callbacks) callback(name);
      }
      return () => void entries.delete(entry);
    },
    onAdded: (callback) => addTo(callbacks, callback),
    names: () => [...entries].map(({ name }) => name),
    deliver({ source, event }, data) {
      // A listener may add others, which did not listen yet when the event came, or take some away.
      const present = [...entries];
      for (const entry of present) {
        const { name, listener } = entry;
        if (name.source === source && name.event === event && entries.has(entry))
          callHost(() => listener(data));
      }
    },
    close() {
      isClosed = true;
      entries.clear();
    },
  };
}
