/** Entries by id, oldest first. */
export interface History<T> {
  /** Adds an entry, or replaces the one of that id in its place. */
  set(id: string, entry: T): void;
  get(id: string): T | undefined;
  values(): T[];
}

/**
 * Makes a history that forgets its oldest finished entries once it holds more than `limit`. One
 * that is not finished is never forgotten: its process could not be stopped any more.
 */
export function createHistory<T>(limit: number, isFinished: (entry: T) => boolean): History<T> {
  const entries = new Map<string, T>();

  function trim(): void {
    for (const [id, entry] of entries) {
      if (entries.size <= limit) return;
      if (isFinished(entry)) entries.delete(id);
    }
  }

  return {
    set(id, entry) {
      entries.set(id, entry);
      trim();
    },
    get: (id) => entries.get(id),
    values: () => [...entries.values()],
  };
}
