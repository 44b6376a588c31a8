// The page of states: that it shows them all to anybody, and what axe-core says of them.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { warmUpConsole } from "../support/consolePage.ts";
import { type ConsoleProcess, startConsole } from "../support/consoleProcess.ts";
import { findViolations } from "../support/indicatorAxe.ts";
import { inTurn } from "../support/indicatorTurns.ts";
import { launchChromium } from "../support/launchChromium.ts";

let server: ConsoleProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = startConsole({ isBuilt: true });
  browser = await launchChromium();
  await warmUpConsole(browser, await server.address());
  page = await browser.newPage({ reducedMotion: "reduce" });
  await page.routeWebSocket(/.*/, () => {});
  // Nobody is signed in, and nobody can be.
  await page.route("**/api/**", (route) => route.abort());
  await page.goto(`${await server.address()}/states`);
  await page.getByRole("heading", { name: "States of the indicator" }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const chips = [
  ["Idle", "Idle"],
  ["A request", "Triggering build • storefront"],
  ["Queued", "Build queued…"],
  ["Building", "Building (storefront)"],
  ["Building, and two more", "Building (storefront) +2"],
  ["A server is running", "Server running (storefront)"],
  ["A server is stopping", "Stopping server…"],
  ["A long name, and eleven more", "Building (a-project-with-a-very-long-name) +11"],
  ["Idle, one failed", "Idle 1 failed"],
  ["Building, one failed", "Building (storefront) 1 failed"],
  ["Last known", "Server running (storefront) last known"],
] as const;
const schemes = ["light", "dark"] as const;

const swatch = (title: string, scheme: string) =>
  page.getByRole("group", { name: `${title}, ${scheme}`, exact: true });

describe("the page of states", () => {
  it.each(schemes)("shows every state of the chip in the %s scheme", async (scheme) => {
    const shown = await inTurn(chips, async ([title]) => {
      const chip = swatch(title, scheme).locator(".active-indicator-chip");
      return (await chip.first().innerText()).replaceAll(/\s+/g, " ");
    });
    expect(shown).toEqual(chips.map(([, text]) => text));
  });

  it.each(schemes)("shows the list full and empty in the %s scheme", async (scheme) => {
    const sections = swatch("Every section", scheme).getByRole("group");
    expect(await sections.count()).toBe(3);
    expect(await swatch("Nothing", scheme).innerText()).toContain("Nothing is going on.");
  });
});

it.each([1280, 360])("axe finds nothing at %i px, and all of it fits", async (width) => {
  await page.setViewportSize({ width, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await findViolations(page)).toEqual([]);
});

describe.each(schemes)("axe finds nothing in the list that the %s chip opens", (scheme) => {
  it.each(["Idle", "A long name, and eleven more", "Idle, one failed"])("%s", async (title) => {
    await swatch(title, scheme).locator(".active-indicator-chip").click();
    expect(await findViolations(page, "[popover]:popover-open")).toEqual([]);
    await page.keyboard.press("Escape");
  });
});
