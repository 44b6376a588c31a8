import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { vi } from "vitest";
import { type IndicatorLog, observeIndicator } from "../indicator/observeIndicator.ts";

const chipPart = '[data-part="chip"]';

/** Somebody who is signed in at the console, in a browser of their own. */
export interface ConsoleVisit {
  context: BrowserContext;
  page: Page;
  /** The indicator in the header. */
  chip: Locator;
  /** What the indicator has shown since signing in. */
  indicator: IndicatorLog;
  /** A button of a project, on a page that has cards. */
  button: (name: string, project: string) => Locator;
}

/** Opens the console in a context of its own and signs in as a person does, by the form. */
export async function visitConsole(browser: Browser, origin: string): Promise<ConsoleVisit> {
  // A ring that turns costs a frame of all its machine can do, sixty times a second.
  const context = await browser.newContext({ baseURL: origin, reducedMotion: "reduce" });
  await keepFromReloading(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.setDefaultNavigationTimeout(60_000);
  await page.goto("/");
  await signIn(page);
  const chip = page.locator(`header ${chipPart}`);
  await chip.filter({ hasNotText: "Signing in" }).waitFor();
  const indicator = await observeIndicator(page);
  const button = (name: string, project: string) =>
    page.getByRole("article", { name: project }).getByRole("button", { name });
  return { context, page, chip, indicator, button };
}

/**
 * Loads the page once, so that Vite has prepared all modules and no test has to wait for that. As
 * long as Vite bundles the dependencies anew, here or in another console of this repository, a page
 * may not come up: then it is loaded again.
 */
export async function warmUpConsole(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage({ baseURL: origin });
  await vi.waitFor(
    async () => {
      await page.goto("/");
      await page.getByLabel("Your name").waitFor({ timeout: 5_000 });
    },
    { timeout: 40_000, interval: 100 },
  );
  await page.close();
}

/** Signs in by the form, with the keyboard. */
export async function signIn(page: Page, login = "ada"): Promise<void> {
  await page.getByLabel("Your name").fill(login);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  // Until the sources have answered, what it will show is not known yet.
  await page.locator(`header ${chipPart}:not([data-state="unknown"])`).waitFor();
}

/** Vite reloads a page whose sources somebody saves, over a socket that leads nowhere here. */
async function keepFromReloading(context: BrowserContext): Promise<void> {
  await context.routeWebSocket(/.*/, () => {});
}
