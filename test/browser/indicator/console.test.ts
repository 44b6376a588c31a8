// The indicator in the console's header, with a backend and with a second tab.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";

const running = serveConsole();

const listOf = (page: Page) => page.locator(".active-indicator-list");
const failed = (page: Page) => page.getByRole("banner").getByText("1 failed");

it("a row leads to its project without loading the page anew, and its Stop ends the server", async () => {
  const { page, chip, button, indicator } = await running.visit();
  await button("Start server", "Alpha").click();
  await indicator.shows("Server running (alpha)");
  await page.evaluate(() => (document.documentElement.dataset["loaded"] = "once"));
  await chip.click();
  await listOf(page).getByRole("link", { name: "Server · alpha" }).click();
  await page.getByRole("heading", { name: "Alpha", level: 1 }).waitFor();
  await listOf(page).waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.documentElement.dataset["loaded"])).toBe("once");

  await chip.click();
  await listOf(page).getByRole("button", { name: "Stop Server · alpha" }).click();
  // Until then nothing moves in it.
  await page.mouse.move(5, 5);
  const recent = listOf(page).getByRole("group", { name: "Recent" });
  await recent.getByText("stopped").first().waitFor();
  await indicator.shows("Idle");
  expect(await indicator.labels()).toContain("Stopping server • alpha");
});

it("a failure that nobody has looked at outlives a reload, and one that was looked at does not", async () => {
  const { page, chip, button } = await running.visit();
  await button("Build", "Broken").click();
  await failed(page).waitFor();
  await page.reload();
  await failed(page).waitFor();
  await chip.click();
  await failed(page).waitFor({ state: "detached" });
  await listOf(page).getByRole("group", { name: "Needs you" }).waitFor();
  await page.reload();
  await page.locator('header [data-part="chip"]:not([data-state="unknown"])').waitFor();
  expect(await failed(page).count()).toBe(0);
});

it("a failure that was looked at in one tab was so in all", async () => {
  const { context, page, chip, button } = await running.visit();
  const other = await context.newPage();
  await other.goto("/projects");
  await other.getByRole("heading", { name: "Projects", level: 1 }).waitFor();
  await button("Build", "Broken").click();
  await Promise.all([failed(page).waitFor(), failed(other).waitFor()]);
  await chip.click();
  await failed(other).waitFor({ state: "detached" });
  expect(await failed(page).count()).toBe(0);
});
