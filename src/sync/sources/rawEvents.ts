import { callHost } from "../../store/hostCode.ts";
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
  /** Calls with each event that gets its first listener from now on. */
  onAdded: (callback: (name: EventName) => void) => Cancel;
  /** Whether somebody listens to an event. */
  has: (name: EventName) => boolean;
  /** The events that somebody listens to. */
  names: () => readonly EventName[];
  /** Calls the listeners of an event. What one throws is the host's, and costs no other. */
  deliver: (name: EventName, data: string) => void;
  /** Calls nobody any more. */
  close: () => void;
}

/** Creates the listeners of a sync that nobody listens to yet. */
export function createEventListeners(): EventListeners {
  const entries = new Map<string, { name: EventName; listeners: Set<EventListener> }>();
  const callbacks = new Set<(name: EventName) => void>();
  let isClosed = false;

  function add(name: EventName, given: EventListener): Cancel {
    if (isClosed) return () => {};
    const key = keyOf(name);
    const entry = entries.get(key) ?? { name, listeners: new Set() };
    // One of its own, so that a function that is given twice counts twice.
    const listener: EventListener = (data) => given(data);
    entry.listeners.add(listener);
    if (!entries.has(key)) {
      entries.set(key, entry);
      for (const callback of callbacks) callback(name);
    }
    return () => {
      entry.listeners.delete(listener);
      if (entry.listeners.size === 0 && entries.get(key) === entry) entries.delete(key);
    };
  }

  return {
    add,
    onAdded(callback) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    has: (name) => entries.has(keyOf(name)),
    names: () => [...entries.values()].map(({ name }) => name),
    deliver(name, data) {
      const { listeners } = entries.get(keyOf(name)) ?? {};
      if (!listeners) return;
      // A listener may add others, which did not listen yet when the event came, or take some away.
      const present = [...listeners];
      for (const listener of present) if (listeners.has(listener)) callHost(() => listener(data));
    },
    close() {
      isClosed = true;
      for (const { listeners } of entries.values()) listeners.clear();
      entries.clear();
      callbacks.clear();
    },
  };
}

function keyOf({ source, event }: EventName): string {
  return JSON.stringify([source, event]);
}
