import { noAnswer, toHttpError } from "./failureWords.ts";
import { HttpError } from "./HttpError.ts";

/** How requests are sent. */
export interface RequestOptions {
  /** Where the HTTP contract is served, such as `/api`. */
  baseUrl: string;
  /** Called as a request is sent; what it returns is called if that request is answered by 401. */
  watchSession: () => () => void;
}

/** One request, and how its answer is read. */
interface RequestSpec<Answer> {
  method: "GET" | "POST";
  /** The path below the base. */
  path: string;
  /** Sent as JSON. */
  body?: object | undefined;
  signal?: AbortSignal | undefined;
  /** Reads an answer that is a success. */
  read: (response: Response) => Answer | Promise<Answer>;
}

/** Sends a request and gives its answer. Rejects with an {@link HttpError}. */
export type SendRequest = <Answer>(spec: RequestSpec<Answer>) => Promise<Answer>;

/** Creates the function that all requests of the console go through. */
export function createRequest({ baseUrl, watchSession }: RequestOptions): SendRequest {
  return async ({ path, read, ...init }) => {
    const endSession = watchSession();
    const response = await send(`${baseUrl}${path}`, init);
    if (response.status === 401) endSession();
    if (!response.ok) throw await toHttpError(response);
    return read(response);
  };
}

type RequestInitSpec = Pick<RequestSpec<unknown>, "method" | "body" | "signal">;

async function send(url: string, { method, body, signal }: RequestInitSpec) {
  const headers = {
    accept: "application/json",
    ...(body && { "content-type": "application/json" }),
  };
  const sent = body ? JSON.stringify(body) : null;
  try {
    return await fetch(url, {
      method,
      credentials: "same-origin",
      headers,
      body: sent,
      signal: signal ?? null,
    });
  } catch (cause) {
    throw new HttpError(noAnswer, undefined, { cause });
  }
}
