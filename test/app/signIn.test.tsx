import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { heldAnswer, mockBackend, refusal, signedIn, signedOut } from "./support/mockBackend.ts";
import { recordLabels, renderApp } from "./support/renderApp.tsx";

const server = mockBackend();

function signOutFirst(): void {
  server.use(http.get("/api/auth/status", () => HttpResponse.json(signedOut)));
}

describe("signing in", () => {
  it("comes before any page, and no sync runs until then", async () => {
    signOutFirst();
    const { syncs } = renderApp({ path: "/projects" });
    await screen.findByRole("heading", { name: "Sign in" });
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(screen.queryByRole("button", { name: "Sign out" })).toBeNull();
    expect(syncs.started).toBe(0);
  });

  it("leads to the page that was asked for and starts one sync", async () => {
    signOutFirst();
    server.use(http.post("/api/auth/login", () => HttpResponse.json(signedIn)));
    const { user, syncs } = renderApp({ path: "/projects" });
    await user.type(await screen.findByLabelText("Your name"), "mira{Enter}");
    await screen.findByRole("heading", { name: "Projects" });
    expect(screen.getByRole("banner").textContent).toContain("Signed in as mira");
    expect(syncs).toEqual({ started: 1, running: 1 });
  });

  it("has a field that is not invalid before the first try, and then says what to enter", async () => {
    signOutFirst();
    const { user } = renderApp();
    const field = await screen.findByLabelText<HTMLInputElement>("Your name");
    expect(field.validity.valid).toBe(true);
    expect(field.getAttribute("aria-invalid")).toBe("false");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field);
    const hint = document.getElementById(field.getAttribute("aria-describedby") ?? "");
    expect(hint?.textContent).toBe("Enter a name. The development backend takes any.");
    await user.type(field, "m");
    expect(field.getAttribute("aria-invalid")).toBe("false");
  });

  it("leads to the page, which says its name", async () => {
    signOutFirst();
    server.use(http.post("/api/auth/login", () => HttpResponse.json(signedIn)));
    const { user } = renderApp();
    await user.type(await screen.findByLabelText("Your name"), "mira{Enter}");
    await screen.findByRole("heading", { name: "Dashboard" });
    const region = document.querySelector('[aria-live="polite"]:not(header *, main *)');
    expect(region?.textContent).toBe("Dashboard");
  });

  it("shows in the header while its request is in flight", async () => {
    signOutFirst();
    const { answer, release } = heldAnswer();
    server.use(http.post("/api/auth/login", () => answer));
    const { user } = renderApp();
    await user.type(await screen.findByLabelText("Your name"), "mira{Enter}");
    await screen.findByText("Signing in");
    release(HttpResponse.json(signedIn));
    await screen.findByRole("heading", { name: "Dashboard" });
    expect(await screen.findByText("Idle")).toBeTruthy();
  });

  it("says beside the field why the backend refused the name", async () => {
    signOutFirst();
    server.use(http.post("/api/auth/login", () => refusal(400, "Give a shorter name.")));
    const { user } = renderApp();
    await user.type(await screen.findByLabelText("Your name"), "m{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("Give a shorter name.");
  });

  it("says so if the backend takes the name and begins no session", async () => {
    signOutFirst();
    server.use(http.post("/api/auth/login", () => HttpResponse.json(signedOut)));
    const { user } = renderApp();
    await user.type(await screen.findByLabelText("Your name"), "mira{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("You were not signed in.");
  });

  it("goes by a link where another provider does it", async () => {
    const authorizeUrl = "https://github.test/authorize";
    const auth = { ...signedOut, provider: "github", authorizeUrl };
    server.use(http.get("/api/auth/status", () => HttpResponse.json(auth)));
    renderApp();
    const link = await screen.findByRole("link", { name: "Sign in with github" });
    expect(link.getAttribute("href")).toBe(authorizeUrl);
  });

  it("offers no link to an address that could run a script", async () => {
    const auth = { ...signedOut, provider: "github", authorizeUrl: "javascript:alert(1)" };
    server.use(http.get("/api/auth/status", () => HttpResponse.json(auth)));
    renderApp();
    await screen.findByText(/offers no way to sign in/);
    expect(screen.queryByRole("link", { name: /Sign in/ })).toBeNull();
  });
});

describe("signing out", () => {
  it("leads to the sign-in page and ends the sync", async () => {
    const { user, store, syncs } = renderApp();
    const labels = recordLabels(store);
    await screen.findByRole("heading", { name: "Dashboard" });
    signOutFirst();
    server.use(http.post("/api/auth/logout", () => new HttpResponse(null)));
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByRole("heading", { name: "Sign in" });
    expect(document.activeElement).toBe(screen.getByLabelText("Your name"));
    expect(syncs).toEqual({ started: 1, running: 0 });
    expect(labels).toContain("Signing out");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("that fails leaves the session as it is and says so", async () => {
    const { user, syncs } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    server.use(http.post("/api/auth/logout", () => HttpResponse.error()));
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain(
      "You are still signed in. The backend does not answer. Try again once the backend runs.",
    );
    expect(syncs.running).toBe(1);
  });

  it("that changes nothing says that one is still signed in, and the sync goes on", async () => {
    const { user, syncs } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    server.use(http.post("/api/auth/logout", () => new HttpResponse(null)));
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    expect((await screen.findByRole("alert")).textContent).toContain("You are still signed in.");
    expect(syncs).toEqual({ started: 1, running: 1 });
  });

  it("whose answer is lost on its way is one all the same", async () => {
    const { user } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    signOutFirst();
    server.use(http.post("/api/auth/logout", () => HttpResponse.error()));
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByRole("heading", { name: "Sign in" });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("that the backend has taken counts, though it does not say any more who is signed in", async () => {
    const { user, syncs } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    server.use(
      http.post("/api/auth/logout", () => new HttpResponse(null)),
      http.get("/api/auth/status", () => HttpResponse.error()),
    );
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByRole("heading", { name: "Sign in" });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(syncs).toEqual({ started: 1, running: 0 });
  });
});

describe("a backend that does not answer at the start", () => {
  it("is said to be slow after 10 s, may still answer, and can be asked again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const answers = [heldAnswer(), heldAnswer()];
    let asked = 0;
    server.use(http.get("/api/auth/status", () => answers[asked++]?.answer));
    const { user } = renderApp();
    await vi.advanceTimersByTimeAsync(9_000);
    screen.getByText("Checking who is signed in…");
    await vi.advanceTimersByTimeAsync(2_000);
    screen.getByText(/has not answered for 10 s/);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    const retry = screen.getByRole("button", { name: "Try again" });
    expect(retry.getAttribute("aria-busy")).toBe("true");
    expect(document.activeElement).toBe(retry);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(retry.getAttribute("aria-busy")).toBe("false");
    answers[1]?.release(HttpResponse.json(signedIn));
    await screen.findByRole("heading", { name: "Dashboard" });
    expect(asked).toBe(2);
  });

  it("is named, and asked again on demand", async () => {
    server.use(http.get("/api/auth/status", () => HttpResponse.error(), { once: true }));
    const { user } = renderApp();
    await screen.findByText(/The backend does not answer/);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Dashboard" })).toBeTruthy();
  });
});
