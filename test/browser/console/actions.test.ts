import { describe, expect, it } from "vitest";
import { observeLabelsAround, requestSpan } from "../../support/pages/observeRequest.ts";
import { serveConsole } from "../../support/console/setup.ts";

const running = serveConsole();

describe("the header, when somebody runs a server", () => {
  it("tells that it starts, runs and stops, and is Idle only then", async () => {
    const { page, button, indicator } = await running.visit();
    await button("Start server", "Sluggish").focus();
    await page.keyboard.press("Enter");
    await indicator.shows("Server running (sluggish)");
    await button("Stop server", "Sluggish").waitFor();
    // What was pressed for Start must not stop: only after that it is meant.
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
    await indicator.hasShown("Stopping server…");
    await indicator.shows("Idle");
    // The backend is mostly too quick to be seen starting.
    expect((await indicator.labels()).join(" → ")).toMatch(
      /^Idle → Requesting server • sluggish( → Starting server…)? → Server running \(sluggish\) → Stopping server • sluggish → Stopping server… → Idle$/,
    );
    // The request to stop and the server that stops are one thing.
    const stopping = (await indicator.names()).filter((name) => name.includes("Stopping server…"));
    expect(stopping).toEqual(["Stopping server…"]);
    const { from, until } = await indicator.span("Stopping server…");
    expect(until - from).toBeGreaterThan(800);
  });

  it("names the latest of a build and two servers, and counts the others in a badge", async () => {
    const { chip, button, indicator } = await running.visit();
    await button("Build", "Gated").click();
    await indicator.shows("Building (gated)");
    await button("Start server", "Alpha").click();
    await indicator.shows("Server running (alpha)");
    await button("Start server", "Beta").click();
    await chip.getByText("+2", { exact: true }).waitFor();
    await chip.getByText("Server running (beta)", { exact: true }).waitFor();
    expect(await chip.getAttribute("aria-label")).toBe(
      "Server running (beta). 3 actions in progress",
    );
    expect(await indicator.badges()).toEqual(expect.arrayContaining(["", "+1", "+2"]));
    expect((await indicator.labels()).slice(1)).not.toContain("Idle");
  });
});

describe("going from page to page", () => {
  it("keeps the one stream, the pace of the poll, and what the header shows", async () => {
    const before = await running.client.counters();
    const { page, button, indicator } = await running.visit();
    await button("Start server", "Alpha").click();
    await indicator.shows("Server running (alpha)");
    const navigation = page.getByRole("navigation", { name: "Pages" });
    const begunAt = performance.now();
    const polled = (await running.client.counters()).buildPolls;

    await navigation.getByRole("link", { name: "Projects" }).click();
    await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
    await page.getByRole("link", { name: "Alpha" }).click();
    await page.getByRole("region", { name: "Servers" }).getByText("running").waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
    await navigation.getByRole("link", { name: "Dashboard" }).click();
    await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();

    const after = await running.client.counters();
    expect(after.openStreams).toBe(1);
    expect(after.streamsOpened - before.streamsOpened).toBe(1);
    const intervals = Math.ceil((performance.now() - begunAt) / 5_000);
    expect(after.buildPolls - polled).toBeLessThanOrEqual(intervals);
    expect((await indicator.labels()).at(-1)).toBe("Server running (alpha)");
    expect((await indicator.labels()).slice(1)).not.toContain("Idle");
  });
});

describe("the header during a request that begins no job", () => {
  it.each([
    {
      action: "Scan",
      project: "Packages",
      label: "Scanning assets • packages",
      result: "Scanned:",
    },
    {
      action: "Sync",
      project: "Repository",
      label: "Syncing repository • repository",
      result: "Synced at",
    },
  ])("shows a $action for as long as it takes", async ({ action, project, label, result }) => {
    const { page, button, indicator } = await running.visit();
    const labelsAround = await observeLabelsAround(page);
    const path = `/${action.toLowerCase()}`;
    await button(action, project).click();
    await page.getByText(result).waitFor();
    await indicator.shows("Idle");
    expect(await indicator.labels()).toEqual(["Idle", label, "Idle"]);

    const request = await requestSpan(page, path);
    const shown = await indicator.span(label);
    expect(request.until - request.from).toBeGreaterThan(100);
    expect(shown.until).toBeGreaterThanOrEqual(request.until);
    // The return to Idle waits for 300 ms, by design.
    await expect.poll(() => labelsAround(path)).toEqual({ sent: label, answered: "Idle" });
  });
});
