import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { AuthStatus } from "../../../src/jobs/contract.ts";

/** What the backend says of mira, who is signed in. */
export const signedIn: AuthStatus = {
  provider: "development",
  configured: true,
  authenticated: true,
  login: "mira",
  authorizeUrl: null,
};

/** What it says to somebody who is not. */
export const signedOut: AuthStatus = { ...signedIn, authenticated: false, login: null };

/** The projects that it lists. */
export const projects = [
  { id: "shop", name: "Shop", description: "Sells" },
  { id: "docs", name: "docs" },
];

/** An error as the contract has it. */
export function refusal(status: number, error: string) {
  return HttpResponse.json({ error }, { status });
}

/** An answer that comes when the test says so. */
export function heldAnswer() {
  let release!: (answer: Response) => void;
  const answer = new Promise<Response>((resolve) => (release = resolve));
  return { answer, release };
}

/** A backend where mira is signed in and two projects are listed; any other request is an error. */
export function mockBackend() {
  const server = setupServer(
    http.get("/api/auth/status", () => HttpResponse.json(signedIn)),
    http.get("/api/projects", () => HttpResponse.json({ projects })),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}
