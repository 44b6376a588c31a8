import * as v from "valibot";
import { displayText, PayloadError } from "../../index.ts";
import { brokenOff } from "./failureWords.ts";
import { HttpError } from "./HttpError.ts";

/** A text from outside that is going to be shown. */
export const shownText = v.pipe(v.string(), v.transform(displayText));

/**
 * A reader of JSON answers. It rejects with an HttpError if the answer breaks off, its body is no
 * JSON, or `parse` throws a PayloadError.
 */
export function readJson<Answer>(parse: (body: unknown) => Answer) {
  return async (response: Response): Promise<Answer> => {
    const text = await readText(response);
    try {
      return parse(JSON.parse(text));
    } catch (cause) {
      const detail = cause instanceof PayloadError ? cause.message : "not JSON";
      const message = `The backend's answer cannot be read (${detail}). Check that this is the right backend.`;
      throw new HttpError(message, response.status, { cause });
    }
  };
}

// Every engine has words of its own for this, which say nothing to a person.
async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new HttpError(brokenOff, response.status, { cause });
  }
}

/** The value of a schema. @throws PayloadError for the first thing that does not fit it */
export function parseBy<Output>(
  schema: v.GenericSchema<unknown, Output>,
  name: string,
  value: unknown,
): Output {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw toPayloadError(name, parsed.issues[0]);
}

/** The values of a schema in a list; one that does not fit it costs only itself. */
export function parseEachBy<Output>(
  schema: v.GenericSchema<unknown, Output>,
  name: string,
  values: readonly unknown[],
): Output[] {
  return values.flatMap((value) => {
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return [parsed.output];
    warnOfProblem(toPayloadError(name, parsed.issues[0]));
    return [];
  });
}

function toPayloadError(name: string, issue: v.BaseIssue<unknown>): PayloadError {
  const path = v.getDotPath(issue);
  const field = path === null ? name : `${name}.${path}`;
  return new PayloadError(field, issue.expected ?? "another value", issue.input);
}

/** Notes something malformed that was left out, for whoever looks after the backend. */
export function warnOfProblem(problem: PayloadError): void {
  console.warn(`[console] ${problem.message}`);
}
