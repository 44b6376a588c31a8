import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { browserEnvironment } from "../../src/sync/browserEnvironment.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import {
  heldAnswer,
  mockBackend,
  projects,
  refusal,
  signedIn,
  signedOut,
} from "./support/mockBackend.ts";
import { findCard, renderApp } from "./support/renderApp.tsx";

const server = mockBackend();
const ended = "Your session has ended. Sign in again.";

it("ends with the 401 of a page's request: the sign-in page says so and sync stops", async () => {
  server.use(http.post("/api/projects/shop/build", () => refusal(401, "You are signed out.")));
  const { user, syncs } = renderApp({ path: "/projects" });
  const card = await findCard("Shop");
  server.use(http.get("/api/auth/status", () => HttpResponse.json(signedOut)));
  await user.click(within(card).getByRole("button", { name: "Build Shop" }));
  await screen.findByRole("heading", { name: "Sign in" });
  expect(screen.getByRole("alert").textContent).toBe(ended);
  expect(syncs).toEqual({ started: 1, running: 0 });
});

it("ends with the 401 of the poll, and no job stays in the header", async () => {
  server.use(
    http.get("/api/builds", () => refusal(401, "You are signed out.")),
    http.get("/api/auth/status", () => HttpResponse.json(signedIn), { once: true }),
    http.get("/api/auth/status", () => HttpResponse.json(signedOut)),
  );
  const store = createActivityStore();
  const environment = {
    ...browserEnvironment,
    openEventSource: () => ({ addEventListener: () => {}, close: () => {} }),
  };
  const silent = { onError: () => {} };
  renderApp({
    store,
    startSync: ({ onUnauthorized }) =>
      startBackendSync({ store, environment, onUnauthorized, ...silent }),
  });
  expect((await screen.findByRole("alert")).textContent).toBe(ended);
  expect(store.getState().connection.runs.status).toBe("off");
  expect(screen.getByText("Idle")).toBeTruthy();
});

it("leads back to the same page once signed in again", async () => {
  server.use(
    http.get("/api/projects", () => refusal(401, "You are signed out.")),
    http.get("/api/auth/status", () => HttpResponse.json(signedIn), { once: true }),
    http.get("/api/auth/status", () => HttpResponse.json(signedOut)),
    http.post("/api/auth/login", () => {
      server.use(http.get("/api/projects", () => HttpResponse.json({ projects })));
      return HttpResponse.json(signedIn);
    }),
  );
  const { user, syncs } = renderApp({ path: "/projects/shop" });
  await screen.findByText(ended);
  await user.type(screen.getByLabelText("Your name"), "mira{Enter}");
  await screen.findByRole("heading", { name: "Shop" });
  expect(screen.queryByText(ended)).toBeNull();
  expect(syncs).toEqual({ started: 2, running: 1 });
});

it("does not end by a late 401 of the session before", async () => {
  const { answer, release } = heldAnswer();
  server.use(
    http.post("/api/projects/shop/scan", () => answer),
    http.post("/api/auth/logout", () => new HttpResponse(null)),
    http.post("/api/auth/login", () => HttpResponse.json(signedIn)),
  );
  const { user, store, syncs } = renderApp({ path: "/projects" });
  await user.click(within(await findCard("Shop")).getByRole("button", { name: "Scan Shop" }));
  server.use(http.get("/api/auth/status", () => HttpResponse.json(signedOut)));
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  await user.type(await screen.findByLabelText("Your name"), "mira{Enter}");
  await findCard("Shop");
  release(refusal(401, "You are signed out."));
  await waitFor(() => expect(store.getState().requestActions).toEqual({}));
  await findCard("Shop");
  expect(syncs.running).toBe(1);
});

it("outlives the pages: going from one to another keeps one sync", async () => {
  const { user, syncs } = renderApp();
  const pages = within(await screen.findByRole("navigation"));
  await user.click(pages.getByRole("link", { name: "Projects" }));
  await user.click(await screen.findByRole("link", { name: "Shop" }));
  await screen.findByRole("heading", { name: "Shop", level: 1 });
  await user.click(pages.getByRole("link", { name: "Dashboard" }));
  expect(syncs).toEqual({ started: 1, running: 1 });
});
