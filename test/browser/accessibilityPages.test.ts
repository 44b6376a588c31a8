// What axe-core says of the console's pages, with the indicator in their header.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { serveConsole } from "../support/consoleSetup.ts";
import { findViolations } from "../support/indicatorAxe.ts";
import { inTurn } from "../support/indicatorTurns.ts";

const running = serveConsole();
const schemes = ["light", "dark"] as const;

/** What axe finds in both schemes, with the list closed and open. */
function findAll(page: Page): Promise<string[][]> {
  return inTurn(schemes, async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const closed = await findViolations(page);
    await page.locator(".active-indicator-chip").click();
    const open = await findViolations(page);
    await page.keyboard.press("Escape");
    return [...closed, ...open];
  });
}

const pages = [
  ["/", "Dashboard"],
  ["/projects", "Projects"],
  ["/projects/alpha", "Alpha"],
  ["/nowhere", "Not found"],
] as const;

describe("axe finds nothing in either scheme, list closed and open,", () => {
  it("on the page to sign in", async () => {
    const { page } = await running.visit();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await findAll(page)).toEqual([[], []]);
  });

  it("on any other, while a server runs and after a build has failed", async () => {
    const { page, button, indicator } = await running.visit();
    await button("Start server", "Alpha").click();
    await button("Build", "Broken").click();
    await indicator.hasShown("Building (broken)");
    await page.getByText("1 failed").waitFor();
    const found = await inTurn(pages, async ([path, heading]) => {
      await page.goto(path);
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
      await page.locator(".active-indicator-chip[data-busy='true']").waitFor();
      return findAll(page);
    });
    expect(found).toEqual(pages.map(() => [[], []]));
  });
});
