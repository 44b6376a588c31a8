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

/** How many causes of one function surface: a message may name the job, and there may be many. */
const maxCauses = 20;

// Of the page and not of a component: labels may be other functions at each render.
const causesByName = new Map<string, Set<string>>();

/**
 * A host's function that may be called at each render: where it throws, `fallback` stands in for it,
 * and the exception surfaces as uncaught, once for each cause. `name` is what it is to its host.
 */
export function hostFunction<Args extends readonly unknown[], Result>(
  name: string,
  given: (...args: Args) => Result,
  fallback: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => {
    try {
      return given(...args);
    } catch (thrown) {
      surfaceOnce(name, thrown);
      return fallback(...args);
    }
  };
}

function surfaceOnce(name: string, thrown: unknown): void {
  const causes = causesByName.get(name) ?? new Set();
  causesByName.set(name, causes);
  const cause = toError(thrown).message;
  if (causes.has(cause) || causes.size >= maxCauses) return;
  causes.add(cause);
  // On a server what is uncaught ends the process, with the pages of everybody else.
  if (typeof document === "undefined") console.error(thrown);
  else surface(thrown);
}
