/** Sources that run, in this tab or in another one. */
export interface RunningSources {
  /** Has the builds polled at once. */
  refresh: () => void;
  /** Begins anew, with nothing known: the store was reset by somebody else. */
  restart: () => void;
  /** Ends them for this tab. Safe twice. */
  stop: () => void;
  /** Tells the other tabs that the session has ended. */
  tellEnded: () => void;
}
