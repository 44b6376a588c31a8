import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, onTestFinished } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { browserEnvironment } from "../../src/sync/environment.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import {
  heldAnswer,
  mockBackend,
  projects,
  refusal,
  signedIn,
  signedOut,
} from "./support/mockBackend.ts";
import type { StartSync } from "../../src/app/session/syncWhileSignedIn.ts";
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
  expect(store.getState().connection).toEqual({});
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

const bob = { ...signedIn, login: "bob" };

// As when one comes back to the tab.
function comeIntoView(): void {
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

/** A sync of which is noted how it began and ended. */
function recordSync() {
  const events: string[] = [];
  const startSync: StartSync = ({ session }) => {
    events.push(`start ${session}`);
    return {
      stop: () => events.push(`stop ${session}`),
      signOut: () => events.push(`sign out ${session}`),
    };
  };
  return { events, startSync };
}

describe("coming back to the tab", () => {
  it("says that somebody else is signed in by now, and shows what is theirs", async () => {
    const { events, startSync } = recordSync();
    renderApp({ path: "/projects", startSync });
    await findCard("Shop");
    server.use(
      http.get("/api/auth/status", () => HttpResponse.json(bob)),
      http.get("/api/projects", () =>
        HttpResponse.json({ projects: [{ id: "x", name: "Bob's" }] }),
      ),
    );
    comeIntoView();
    await findCard("Bob's");
    expect(screen.queryByRole("article", { name: "Shop" })).toBeNull();
    expect(screen.getByRole("banner").textContent).toContain("Signed in as bob");
    expect(screen.getByRole("alert").textContent).toContain(
      "You are signed in as bob now, no longer as mira",
    );
    // Nobody has signed out: other tabs are not told so.
    expect(events).toEqual(["start mira", "stop mira", "start bob"]);
  });

  it("can do without that note once it is read", async () => {
    const { user } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    server.use(http.get("/api/auth/status", () => HttpResponse.json(bob)));
    comeIntoView();
    const note = await screen.findByRole("alert");
    await user.click(within(note).getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it.each([
    ["answers as before", () => HttpResponse.json(signedIn)],
    ["fails", () => refusal(500, "Out of order.")],
    ["is gone", () => HttpResponse.error()],
    ["answers with something else", () => HttpResponse.html("<h1>Hello</h1>")],
    ["hangs", () => new Promise<never>(() => {})],
  ])("changes nothing if the backend %s", async (_, answer) => {
    const { events, startSync } = recordSync();
    renderApp({ startSync });
    await screen.findByRole("heading", { name: "Dashboard" });
    let asked = 0;
    server.use(
      http.get("/api/auth/status", () => {
        asked += 1;
        return answer();
      }),
    );
    comeIntoView();
    await waitFor(() => expect(asked).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen.getByRole("heading", { name: "Dashboard" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(events).toEqual(["start mira"]);
  });

  it("ends the session that is over on the server", async () => {
    const { events, startSync } = recordSync();
    renderApp({ startSync });
    await screen.findByRole("heading", { name: "Dashboard" });
    server.use(http.get("/api/auth/status", () => HttpResponse.json(signedOut)));
    comeIntoView();
    expect((await screen.findByRole("alert")).textContent).toBe(ended);
    expect(events).toEqual(["start mira", "sign out mira"]);
  });

  it("leads from the end of a session back to the page, once signed in in another tab", async () => {
    server.use(
      http.get("/api/auth/status", () => HttpResponse.json(signedIn), { once: true }),
      http.get("/api/auth/status", () => HttpResponse.json(signedOut)),
      http.post("/api/projects/shop/scan", () => refusal(401, "You are signed out.")),
    );
    const { user, syncs } = renderApp({ path: "/projects/shop" });
    await user.click(await screen.findByRole("button", { name: "Scan Shop" }));
    await screen.findByText(ended);
    server.use(http.get("/api/auth/status", () => HttpResponse.json(signedIn)));
    comeIntoView();
    await screen.findByRole("heading", { name: "Shop" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(syncs).toEqual({ started: 2, running: 1 });
  });
});

it("shows the pages although the sync cannot start, which is heard of as uncaught", async () => {
  const { errors } = catchUncaught();
  renderApp({ startSync: failToStart });
  await screen.findByRole("heading", { name: "Dashboard" });
  expect(errors).toEqual(["no sync here"]);
});

function failToStart(): never {
  throw new Error("no sync here");
}

// Takes the place of what makes an uncaught error fail the run.
function catchUncaught(): { errors: readonly string[] } {
  const errors: string[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => errors.push(error.message));
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  });
  return { errors };
}
