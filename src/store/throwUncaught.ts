/**
 * Has what a host's code threw surface as an uncaught error, where the host's own error tracking
 * finds it, and lets whoever called that code go on.
 */
export function throwUncaught(thrown: unknown): void {
  queueMicrotask(() => {
    throw thrown;
  });
}

/** Calls a host's code; what it throws surfaces as an uncaught error and gives `undefined`. */
export function callHost<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch (thrown) {
    throwUncaught(thrown);
    return undefined;
  }
}
