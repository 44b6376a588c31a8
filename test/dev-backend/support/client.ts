import { onTestFinished } from "vitest";

import { type EventStream, readEvents } from "./readEvents.ts";

/** An answer with its body read. */
interface Answer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  body: any;
}

/** Speaks the contract as a browser would, cookie included. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Opens the event stream; it is closed when the test has finished. */
  stream(query?: string): Promise<EventStream>;
}

/** Makes a client of `<origin>/api` without a session. */
export function createClient(origin: string): Client {
  let cookie = "";

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${origin}/api${path}`, withCookie(init, cookie));
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  }

  return {
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async stream(query = "") {
      const stop = new AbortController();
      onTestFinished(() => stop.abort());
      const init = withCookie({ signal: stop.signal }, cookie);
      const response = await fetch(`${origin}/api/runs/stream${query}`, init);
      return readEvents(response, () => stop.abort());
    },
  };
}

function withCookie(init: RequestInit, cookie: string): RequestInit {
  const headers = new Headers(init.headers);
  if (cookie !== "") headers.set("cookie", cookie);
  return { ...init, headers };
}
