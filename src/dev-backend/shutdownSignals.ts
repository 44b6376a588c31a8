const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** From when on another signal is a person losing patience: npm passes on a Ctrl-C a second time. */
const IMPATIENCE_MS = 500;

/** Several instances may listen at once; by this mark they tell each other from other listeners. */
const OURS = Symbol.for("active-indicator.shutdownListener");

/**
 * Calls `dispose` when a signal is about to end this process, which waits for it and then ends as
 * it would have: by the signal itself, or by the hand of another listener if there is one.
 * Returns what takes it back.
 */
export function disposeOnSignal(dispose: () => Promise<void>): () => void {
  let since: number | undefined;

  const listener = (signal: NodeJS.Signals) => {
    const othersEndIt = process.listeners(signal).some((each) => !(OURS in each));
    since ??= performance.now();
    const isImpatient = performance.now() - since > IMPATIENCE_MS;
    // What is left of the children then, the reaper ends.
    const done = isImpatient ? Promise.resolve() : dispose();
    void done.finally(() => {
      remove();
      if (!othersEndIt && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  const marked = Object.assign(listener, { [OURS]: true });

  function remove(): void {
    for (const signal of SIGNALS) process.off(signal, marked);
  }

  // First in line, since a listener that serves once is off the list when the next one looks.
  for (const signal of SIGNALS) process.prependListener(signal, marked);
  return remove;
}
