import { drive } from "../support/jobs/drive.ts";
import { act, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
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

/** Looked for each time: the page mounts anew once its project has been loaded. */
function sectionText(): string | null {
  return screen.getByRole("region", { name: "Builds" }).textContent;
}

describe("a project's page", () => {
  it("lists the project's own builds, newest first, with status, start, duration and error", async () => {
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
      expect.stringMatching(/^running, started 4 minutes ago4:(29|3\d)$/),
      "failed, started 9 minutes agotsc exited with 21:00",
      "succeeded, started 1 hour ago2:00",
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

  it("says that it is looking until the first answer, then what to do if there is nothing", async () => {
    const store = createActivityStore();
    renderApp({ store, path: "/projects/shop" });
    await screen.findByText("Looking for builds…");
    act(() => drive(store).setConnectionStatus("builds", "connecting"));
    expect(screen.getByText("Looking for builds…")).toBeTruthy();
    act(() => drive(store).setConnectionStatus("builds", "live"));
    expect(screen.getByText("Not built yet. Press Build.")).toBeTruthy();
    expect(screen.getByText("Looking for servers…")).toBeTruthy();
  });

  it("keeps the rows of a lost source and says that they are last known, and why", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot("build", [build("b1", "running")]);
    renderApp({ store, path: "/projects/shop" });
    await screen.findByRole("list", { name: "Builds" });
    act(() => drive(store).setConnectionStatus("builds", "lost", "HTTP 500"));
    expect(sectionText()).toContain("Last known.");
    expect(sectionText()).toContain("HTTP 500");
    expect(await rowsOf("Builds")).toHaveLength(1);
    act(() => drive(store).setConnectionStatus("builds", "live"));
    expect(sectionText()).not.toContain("Last known.");
  });
});

describe("the dashboard", () => {
  it("lists what is active and what was seen to end, of all projects", async () => {
    const store = liveStore();
    drive(store).applyJobSnapshot("build", [build("b1", "running")]);
    drive(store).applyJobSnapshot("build", [
      build("b2", "pending", { projectId: "docs" }),
      build("b1", "failed", { finishedAt: minutesAgo(2) }),
      build("b0", "failed", { finishedAt: minutesAgo(30) }),
    ]);
    drive(store).applyJobSnapshot("run", [run("r1", "running")]);
    renderApp({ store });
    await screen.findByRole("article", { name: "Shop" });
    const [server, queued] = await rowsOf("Active now");
    expect(server).toMatch(/^Server · Shoprunning/);
    expect(queued).toMatch(/^Build · docsqueued, asked for/);
    expect(await rowsOf("Recently ended")).toEqual([expect.stringMatching(/^Build · Shopfailed/)]);
    expect(screen.getByText("Live")).toBeTruthy();
  });

  it("no longer lists what was dismissed in the indicator", async () => {
    const store = liveStore();
    drive(store).applyJobUpdates([build("b1", "running"), build("b1", "failed")]);
    renderApp({ store });
    expect(await rowsOf("Recently ended")).toHaveLength(1);
    act(() => store.getState().setReadState(["build:b1"], "dismissed"));
    expect(screen.queryByRole("list", { name: "Recently ended" })).toBeNull();
  });

  it("says what to do while nothing is active, and nothing of the kind while that is unknown", async () => {
    const store = createActivityStore();
    renderApp({ store });
    await screen.findByText("Looking for builds and servers…");
    expect(screen.getByText("Connecting…")).toBeTruthy();
    act(() => {
      drive(store).setConnectionStatus("builds", "live");
      drive(store).setConnectionStatus("runs", "live");
    });
    expect(screen.getByText(/Nothing at the moment. Build a project/)).toBeTruthy();
    act(() => drive(store).setConnectionStatus("runs", "lost", "HTTP 502"));
    expect(screen.getByText("None known.")).toBeTruthy();
    expect(screen.getByText(/The connection for servers is lost/)).toBeTruthy();
    expect(screen.queryByText("Live")).toBeNull();
  });
});
