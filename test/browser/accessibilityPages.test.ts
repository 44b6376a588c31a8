// What axe-core says of the console's pages, with the indicator in their header.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { serveConsole } from "../support/console/setup.ts";
import { findViolations } from "../support/indicator/axe.ts";

const running = serveConsole();

/** What axe finds in both schemes, the list closed and open, where it has not been found before. */
async function findAll(page: Page, heading: string): Promise<string[]> {
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await findViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator(".active-indicator-chip").click();
  const darkAndOpen = await findViolations(page);
  await page.keyboard.press("Escape");
  return [...light, ...darkAndOpen];
}

it("axe finds nothing on any page, while a server runs and after a build has failed", async () => {
  const { page, button, indicator } = await running.visit();
  await button("Start server", "Alpha").click();
  await button("Build", "Broken").click();
  await indicator.hasShown("Building (broken)");
  await page.getByText("1 failed").waitFor();
  expect(await findAll(page, "Dashboard")).toEqual([]);
  await page.getByRole("navigation").getByRole("link", { name: "Projects" }).click();
  expect(await findAll(page, "Projects")).toEqual([]);
  await page.getByRole("link", { name: "Alpha" }).first().click();
  expect(await findAll(page, "Alpha")).toEqual([]);
  await page.goto("/nowhere");
  expect(await findAll(page, "Not found")).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).click();
  expect(await findAll(page, "Sign in")).toEqual([]);
});

it("in forced colours the link of this page shows both where one is and the focus", async () => {
  const { page } = await running.visit();
  await page.emulateMedia({ forcedColors: "active" });
  const here = page.getByRole("navigation").getByRole("link", { name: "Dashboard" });
  const look = () =>
    here.evaluate((link) => {
      const { outlineStyle, outlineWidth, textDecorationLine } = getComputedStyle(link);
      const outline = outlineStyle === "none" ? "none" : `${outlineWidth} ${outlineStyle}`;
      return { outline, line: textDecorationLine };
    });
  expect(await look()).toEqual({ outline: "none", line: "underline" });
  // By the keyboard, as the focus is not shown to a mouse.
  await page.keyboard.press("Tab");
  await here.focus();
  expect(await look()).toEqual({ outline: "2px solid", line: "underline" });
});
