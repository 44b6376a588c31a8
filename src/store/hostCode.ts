/**
 * Lets what a host's code threw surface as uncaught, in a task of its own: the host's error tracking
 * has it, and nothing of ours ends because of it.
 */
export function surface(thrown: unknown): void {
  queueMicrotask(() => {
    throw thrown;
  });
}

/** What a host's function gives; `undefined` where it throws, which then surfaces as uncaught. */
export function callHost<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch (thrown) {
    surface(thrown);
    return undefined;
  }
}

/** A text that a host gave under `name`. @throws TypeError if it is no string */
export function expectText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  const got = typeof value === "object" && value !== null ? "an object" : String(value);
  throw new TypeError(`${name}: expected a string, got ${got}`);
}

/** What was thrown, as an Error, whatever it is. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(attemptText(thrown), { cause: thrown });
}

// An object without a prototype has no text.
function attemptText(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}
