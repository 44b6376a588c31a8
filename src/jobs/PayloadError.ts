import { displayText } from "./displayText.ts";

/** How much of a wrong value is quoted in the message. */
const maxQuoteLength = 60;

function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(displayText(value.slice(0, maxQuoteLength)));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/**
 * Something that came from outside does not have the shape it must have. The message names the
 * field, what was expected and what came: `build.status: expected a string, got 7`.
 */
export class PayloadError extends Error {
  override readonly name = "PayloadError";
  /** The problem without the value that showed it: equal for every occurrence of one cause. */
  readonly problem: string;

  constructor(field: string, expected: string, got: unknown, options?: ErrorOptions) {
    super(`${field}: expected ${expected}, got ${quote(got)}`, options);
    this.problem = `${field}: expected ${expected}`;
  }
}
