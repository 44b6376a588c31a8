import { describe, expect, it } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";

const running = serveConsole();

describe("the header, when somebody builds", () => {
  it("goes from the click through the build to Idle, and is never Idle in between", async () => {
    const { button, indicator } = await running.visit();
    await button("Build", "Steady").click();
    await indicator.hasShown("Building (steady)");
    await indicator.shows("Idle");
    expect(await indicator.labels()).toEqual([
      "Idle",
      "Triggering build • steady",
      "Building (steady)",
      "Idle",
    ]);
    expect(await indicator.names()).toEqual([
      "Idle",
      "Triggering build • steady",
      "Building (steady)",
      "Idle",
    ]);
  });

  it("shows a build that has to wait for another as queued", async () => {
    const { button, indicator } = await running.visit();
    await button("Build", "Gated").click();
    await indicator.shows("Building (gated)");
    await button("Build", "Quick").click();
    await indicator.shows("Build queued…");
    expect(await indicator.labels()).toEqual([
      "Idle",
      "Triggering build • gated",
      "Building (gated)",
      "Triggering build • quick",
      "Build queued…",
    ]);
  });

  it("shows a build of 50 ms, although the poll comes every five seconds", async () => {
    const { button, indicator } = await running.visit();
    await button("Build", "Quick").click();
    await indicator.hasShown("Building (quick)");
    expect((await indicator.labels()).slice(0, 3)).toEqual([
      "Idle",
      "Triggering build • quick",
      "Building (quick)",
    ]);
  });

  it("ends a failing build in Idle, and the page says why it failed, where it was begun", async () => {
    const { page, button, indicator } = await running.visit();
    await button("Build", "Broken").click();
    const why = "Error: theme.css is missing (sh build.sh exited with 2)";
    await page.getByRole("article", { name: "Broken" }).getByText(why).waitFor();
    await indicator.shows("Idle");
    expect(await indicator.labels()).toContain("Building (broken)");

    await page.getByRole("article", { name: "Broken" }).getByRole("link").click();
    const builds = page.getByRole("region", { name: "Builds" });
    await builds.getByRole("listitem").filter({ hasText: "failed" }).getByText(why).waitFor();
  });

  it("shows a build again after a reload, without being told of it", async () => {
    const { page, button, indicator } = await running.visit();
    await button("Build", "Gated").click();
    await indicator.shows("Building (gated)");
    await page.reload();
    await indicator.shows("Building (gated)");
    expect(await indicator.labels()).toEqual(["Idle", "Checking…", "Building (gated)"]);
  });
});

describe("a page that cannot be drawn", () => {
  it("says so and offers to reload, which leads back", async () => {
    await running.client.post("/projects/quick/build");
    const { page } = await running.visit();
    await page.addInitScript(breakTimesOnce);
    await page.reload();
    await page.getByRole("heading", { name: "The console has stopped" }).waitFor();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
    expect(await page.getByRole("heading", { name: "The console has stopped" }).count()).toBe(0);
  });
});

/** Runs in the page before all else: no time of an ended job can be drawn, until it is reloaded. */
function breakTimesOnce(): void {
  if (sessionStorage.getItem("broken") !== null) return;
  sessionStorage.setItem("broken", "once");
  Object.assign(Date.prototype, {
    toISOString() {
      throw new RangeError("Invalid time value");
    },
  });
}
