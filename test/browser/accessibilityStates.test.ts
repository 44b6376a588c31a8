// The page of states: that it shows them all to anybody, and what axe-core says of them.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConsoleProcess, startConsole } from "../support/consoleProcess.ts";
import { findViolations } from "../support/indicatorAxe.ts";
import { inTurn } from "../support/indicatorTurns.ts";
import { launchChromium } from "../support/launchChromium.ts";

let server: ConsoleProcess;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  server = startConsole();
  [browser, origin] = await Promise.all([launchChromium(), server.address()]);
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(() => Promise.all([browser.close(), server.stop()]));

/** Opens the page as somebody who is not signed in, and whose backend cannot be reached. */
async function openStates(width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  await context.routeWebSocket(/.*/, () => {});
  await context.route("**/api/**", (route) => route.abort());
  const page = await context.newPage();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${origin}/states`);
  await page.getByRole("heading", { name: "States of the indicator" }).waitFor();
  return page;
}

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

describe("the page of states", () => {
  it("shows every state of the chip and of the list, each light and dark", async () => {
    const page = await openStates(1280);
    const shown = await inTurn(schemes, (scheme) =>
      inTurn(chips, async ([title]) => {
        await page.getByRole("heading", { name: title, exact: true }).first().waitFor();
        const swatch = page
          .getByRole("group", { name: `${title}, ${scheme}`, exact: true })
          .first();
        const text = await swatch.locator(".active-indicator-chip").innerText();
        return text.replaceAll(/\s+/g, " ");
      }),
    );
    const expected = chips.map(([, text]) => text);
    expect(shown).toEqual([expected, expected]);
    const full = page.getByRole("group", { name: "Every section, dark" });
    expect(await full.getByRole("group").count()).toBe(3);
    const nothing = page.getByRole("group", { name: "Nothing, light" });
    expect(await nothing.innerText()).toContain("Nothing is going on.");
  });

  it.each([1280, 360])("fits into %i px", async (width) => {
    const page = await openStates(width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

describe("axe finds nothing", () => {
  it.each([1280, 360])("on the page of states at %i px", async (width) => {
    const page = await openStates(width);
    expect(await findViolations(page)).toEqual([]);
  });

  it("in the open list of any state, light or dark", async () => {
    const page = await openStates(1280);
    const found = await inTurn(schemes, (scheme) =>
      inTurn(chips, async ([title]) => {
        const swatch = `[aria-label="${title}, ${scheme}"]`;
        await page.locator(`${swatch} .active-indicator-chip`).click();
        const violations = await findViolations(page, `${swatch} .active-indicator`);
        await page.keyboard.press("Escape");
        return violations;
      }),
    );
    expect(found.flat(2)).toEqual([]);
  });
});
