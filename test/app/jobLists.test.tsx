import { drive } from "../support/jobs/drive.ts";
import { act, screen, within } from "@testing-library/react";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { build, many, run } from "../support/jobs/jobs.ts";
import { mockBackend } from "./support/mockBackend.ts";
import { renderApp } from "./support/renderApp.tsx";

mockBackend();

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;

function liveStore() {
  const store = createActivityStore();
  drive(store).setConnectionStatus("builds", "live");
  drive(store).setConnectionStatus("runs", "live");
  drive(store).setServerClock(0);
  return store;
}

async function rowsOf(list: string): Promise<string[]> {
  const rows = within(await screen.findByRole("list", { name: list })).getAllByRole("listitem");
  return rows.map((row) => row.textContent);
}

describe("a project's page", () => {
  it("lists the project's own builds, newest first, with status, duration, when they ended and why", async () => {
    const store = liveStore();
    const span = { startedAt: minutesAgo(9.5), finishedAt: minutesAgo(8.5) };
    drive(store).applyJobSnapshot("build", [
      build("b4", "running", { projectId: "docs" }),
      build("b3", "running", { startedAt: minutesAgo(4.5) }),
      build("b2", "failed", { ...span, error: "tsc exited with 2" }),
      build("b1", "succeeded", { startedAt: minutesAgo(60.5), finishedAt: minutesAgo(58.5) }),
    ]);
    renderApp({ store, path: "/projects/shop" });
    expect(await rowsOf("Builds")).toEqual([
      expect.stringMatching(/^running4:(29|3\d)$/),
      "failed after 1:008 min agotsc exited with 2",
      "succeeded in 2:0058 min ago",
    ]);
  });

  it("moves a server's row on as the store does", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot("run", [run("r1", "pending")]);
    renderApp({ store, path: "/projects/shop" });
    expect((await rowsOf("Servers"))[0]).toMatch(/^starting/);
    act(() => drive(store).applyJobUpdates([run("r1", "running")]));
    expect((await rowsOf("Servers"))[0]).toMatch(/^running/);
    act(() => drive(store).applyJobUpdates([run("r1", "stopped")]));
    expect((await rowsOf("Servers"))[0]).toMatch(/^stopped/);
  });

  it("begins a long list with ten and shows all on demand", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot(
      "build",
      many(25, (n) => build(`b${n}`, "succeeded")),
    );
    const { user } = renderApp({ store, path: "/projects/shop" });
    expect(await rowsOf("Builds")).toHaveLength(10);
    await user.click(screen.getByRole("button", { name: "Show all 25" }));
    expect(await rowsOf("Builds")).toHaveLength(25);
  });

  it("says that it is checking until the first answer, then what to do if there is nothing", async () => {
    const store = createActivityStore();
    drive(store).setConnectionStatus("builds", "connecting");
    drive(store).setConnectionStatus("runs", "live");
    renderApp({ store, path: "/projects/shop" });
    expect(await screen.findAllByText("Checking…")).not.toEqual([]);
    expect(screen.queryByText(/No builds so far/)).toBeNull();
    act(() => drive(store).setConnectionStatus("builds", "live"));
    expect(screen.getByText("No builds so far. Press Build.")).toBeTruthy();
  });
});

describe("while a source is lost", () => {
  it("every page keeps its rows, says from when they are, and can have them asked for at once", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "setInterval"], shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const store = liveStore();
    drive(store).applyJobSnapshot("build", [build("b1", "running")]);
    const { user } = renderApp({ store, path: "/projects/shop" });
    await screen.findByRole("list", { name: "Builds" });
    act(() => drive(store).setConnectionStatus("builds", "lost", "HTTP 500"));
    await act(() => vi.advanceTimersByTimeAsync(6_000));
    const main = within(screen.getByRole("main"));
    expect(main.getByText(/^Last known, from \d+:\d+/).textContent).toContain("Reconnecting…");
    expect(main.getByRole("button", { name: "Retry now" })).toBeTruthy();
    expect(await rowsOf("Builds")).toHaveLength(1);
    await user.click(screen.getByRole("link", { name: "Projects" }));
    expect(await main.findByText(/^Last known/)).toBeTruthy();
    act(() => drive(store).setConnectionStatus("builds", "live"));
    expect(main.queryByText(/^Last known/)).toBeNull();
  });
});

describe("the dashboard", () => {
  it("has what has ended of all projects, by their names, how, for how long and when", async () => {
    const store = liveStore();
    const span = { startedAt: minutesAgo(31), finishedAt: minutesAgo(30) };
    drive(store).applyJobSnapshot("build", [
      build("b2", "pending", { projectId: "docs" }),
      build("b1", "failed", { finishedAt: minutesAgo(2.5), error: "tsc exited with 2" }),
      build("b0", "succeeded", span),
    ]);
    drive(store).applyJobSnapshot("run", [run("r1", "running")]);
    renderApp({ store });
    await screen.findByRole("article", { name: "Shop" });
    expect(await rowsOf("History")).toEqual([
      expect.stringMatching(/^Build · Shop failed.*2 min ago$/),
      "Build · Shop succeeded in 1:0030 min ago",
    ]);
  });

  it("does not repeat what the indicator lists: what goes on stands with its project", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot("run", [run("r1", "running")]);
    renderApp({ store });
    const shop = within(await screen.findByRole("article", { name: "Shop" }));
    expect(shop.getByRole("listitem").textContent).toMatch(/^Server running/);
    expect(within(screen.getByRole("main")).getAllByRole("listitem")).toHaveLength(1);
    expect(screen.getByText("Builds and servers show here once they have ended.")).toBeTruthy();
  });

  it("keeps in its history what was dismissed in the indicator", async () => {
    const store = liveStore();
    drive(store).applyJobUpdates([build("b1", "running"), build("b1", "failed")]);
    renderApp({ store });
    expect(await rowsOf("History")).toHaveLength(1);
    act(() => store.getState().setReadState(["build:b1"], "dismissed"));
    expect(await rowsOf("History")).toHaveLength(1);
  });
});

describe("the card of a project", () => {
  it("has the newest build and the newest server, and why the build failed", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot("build", [
      build("b2", "failed", { finishedAt: minutesAgo(2.5), error: "tsc exited with 2" }),
      build("b1", "succeeded", { finishedAt: minutesAgo(30) }),
    ]);
    drive(store).applyJobSnapshot("run", [run("r1", "running")]);
    renderApp({ store, path: "/projects" });
    const shop = within(await screen.findByRole("article", { name: "Shop" }));
    const rows = shop.getAllByRole("listitem").map((row) => row.textContent);
    expect(rows).toEqual([
      expect.stringMatching(/^Build failed.*2 min agotsc exited with 2$/),
      expect.stringMatching(/^Server running/),
    ]);
  });
});
