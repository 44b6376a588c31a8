import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { mockBackend, signedOut } from "./support/mockBackend.ts";
import { renderApp } from "./support/renderApp.tsx";

const server = mockBackend();

// React says on the console what a boundary has caught.
function silenceConsole(): void {
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => error.mockRestore());
}

describe("what throws while it is drawn leaves no blank page, but one that says so and can reload", () => {
  it("in the header, before anybody is signed in", async () => {
    silenceConsole();
    server.use(http.get("/api/auth/status", () => HttpResponse.json(signedOut)));
    renderApp({ store: { ...createActivityStore(), getState: failToGive } });
    expect(screen.getByRole("heading", { name: "The console has stopped" })).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toContain("This page cannot be shown.");
    expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
  });

  it("in a page", async () => {
    silenceConsole();
    const iso = vi.spyOn(Date.prototype, "toISOString").mockImplementation(() => {
      throw new RangeError("Invalid time value");
    });
    onTestFinished(() => iso.mockRestore());
    const scanned = { id: "shop", name: "Shop", files: 3, scannedAt: "2026-01-05T12:00:00Z" };
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: [scanned] })));
    renderApp({ path: "/projects/shop" });
    expect(await screen.findByRole("button", { name: "Reload" })).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toContain("Invalid time value");
  });
});

// Only the header reads the store as long as nobody is signed in.
function failToGive(): never {
  throw new Error("no state here");
}
