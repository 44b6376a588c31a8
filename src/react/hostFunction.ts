import { surface, toError } from "../store/hostCode.ts";

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
