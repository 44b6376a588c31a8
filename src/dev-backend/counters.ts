/** What the backend has counted since it started, for tests to look at. */
export interface Counters {
  /** Event streams open now. */
  openStreams: number;
  /** Event streams ever opened. */
  streamsOpened: number;
  /** Requests of `/builds` ever, refused ones and those answered with 304 included. */
  buildPolls: number;
}

/** Makes counters at zero. */
export function createCounters(): Counters {
  return { openStreams: 0, streamsOpened: 0, buildPolls: 0 };
}
