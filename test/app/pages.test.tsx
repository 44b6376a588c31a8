import { act, screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { drive } from "../support/jobs/drive.ts";
import { heldAnswer, mockBackend, projects, refusal } from "./support/mockBackend.ts";
import { findCard, renderApp } from "./support/renderApp.tsx";

const server = mockBackend();

describe("an address", () => {
  it("of no page leads to a page that says so, with ways on", async () => {
    const { user } = renderApp({ path: "/no/such/page" });
    await screen.findByRole("heading", { name: "Not found" });
    const page = within(screen.getByRole("main"));
    await user.click(page.getByRole("link", { name: "Projects" }));
    expect(await screen.findByRole("heading", { name: "Projects" })).toBeTruthy();
  });

  it("of no project names the project that there is not", async () => {
    renderApp({ path: "/projects/nope" });
    expect(await screen.findByText(/There is no project “nope”/)).toBeTruthy();
  });

  it("may hold any project id", async () => {
    const odd = { id: "a/b ?#%", name: "Odd" };
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: [odd] })));
    const { user } = renderApp({ path: "/projects" });
    await user.click(await screen.findByRole("link", { name: "Odd" }));
    expect(await screen.findByRole("heading", { name: "Odd", level: 1 })).toBeTruthy();
  });
});

describe("going from page to page", () => {
  it("changes the title, marks the page in the header and moves the focus to the heading", async () => {
    const { user } = renderApp();
    await screen.findByRole("heading", { name: "Dashboard" });
    expect(document.title).toBe("Dashboard · Active Indicator");
    expect(document.activeElement).toBe(document.body);
    const link = screen.getByRole("link", { name: "Projects" });
    await user.click(link);
    expect(document.title).toBe("Projects · Active Indicator");
    expect(link.getAttribute("aria-current")).toBe("page");
    expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Projects" }));
  });

  it("says the name of the page that a link in the page leads to, where a region stays for that", async () => {
    const { user } = renderApp({ path: "/projects" });
    await findCard("Shop");
    const region = document.querySelector('[aria-live="polite"]:not(header *, main *)');
    expect(region?.textContent).toBe("");
    await user.click(screen.getByRole("link", { name: "Shop" }));
    await screen.findByRole("heading", { name: "Shop", level: 1 });
    expect(region?.isConnected).toBe(true);
    expect(region?.textContent).toBe("Shop");
  });

  it("shows the projects that are known at once, and then those that are", async () => {
    const { user } = renderApp();
    await findCard("Shop");
    const added = { id: "new", name: "New" };
    const { answer, release } = heldAnswer();
    server.use(http.get("/api/projects", async () => (await answer).clone()));
    await user.click(screen.getByRole("link", { name: "Projects" }));
    await screen.findByRole("heading", { name: "Projects" });
    expect(screen.getByRole("article", { name: "Shop" })).toBeTruthy();
    release(HttpResponse.json({ projects: [added] }));
    await findCard("New");
    expect(screen.queryByRole("article", { name: "Shop" })).toBeNull();
  });
});

describe("the projects", () => {
  it("that cannot be loaded are said to be so, and are loaded on the next try", async () => {
    server.use(http.get("/api/projects", () => refusal(500, "The projects file is gone.")));
    const { user } = renderApp({ path: "/projects" });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The projects file is gone.");
    server.resetHandlers();
    await user.click(within(alert).getByRole("button", { name: "Try again" }));
    await findCard("Shop");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("that could not be loaded are loaded anew once the sources are back", async () => {
    server.use(http.get("/api/projects", () => HttpResponse.error()));
    const { store } = renderApp({ path: "/projects" });
    act(() => drive(store).setConnectionStatus("builds", "lost", "HTTP 502"));
    await screen.findByText(/The projects could not be loaded/);
    server.resetHandlers();
    act(() => drive(store).setConnectionStatus("builds", "live"));
    await findCard("Shop");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("are said to be slow after 10 s, may still come, and can be asked for again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const held = heldAnswer();
    server.use(http.get("/api/projects", async () => (await held.answer).clone()));
    renderApp({ path: "/projects" });
    await screen.findByText("Loading projects…");
    await act(() => vi.advanceTimersByTimeAsync(11_000));
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toContain("has not answered for 10 s");
    expect(within(alert).getByRole("button", { name: "Try again" }).ariaBusy).toBe("false");
    held.release(HttpResponse.json({ projects }));
    await findCard("Shop");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("are said to be none where there are none", async () => {
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: [] })));
    renderApp({ path: "/projects" });
    expect(await screen.findByText(/There are no projects. Add one/)).toBeTruthy();
  });

  it("go by their ids where the backend has no name for them", async () => {
    const list = [
      { id: "shop", name: "" },
      { id: "docs", name: " " },
    ];
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: list })));
    const { user } = renderApp({ path: "/projects" });
    await findCard("shop");
    await user.click(screen.getByRole("link", { name: "docs" }));
    expect(await screen.findByRole("heading", { name: "docs", level: 1 })).toBeTruthy();
  });

  it("lose only the malformed one", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const list = [
      { id: 7, name: "Seven" },
      { id: "docs", name: "docs" },
    ];
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: list })));
    renderApp({ path: "/projects" });
    await findCard("docs");
    expect(screen.getAllByRole("article")).toHaveLength(1);
    expect(warn).toHaveBeenCalledWith("[console] project.id: expected string, got 7");
    warn.mockRestore();
  });
});
