import type { Browser, Locator, Page } from "playwright-core";
import { startConsole } from "../console/process.ts";

/** The console's page of states, as anybody sees it. */
export interface StatesPage {
  page: Page;
  /** A state in one colour scheme: `swatch("Idle", "dark")`. */
  swatch: (title: string, scheme: "light" | "dark") => Locator;
  close: () => Promise<void>;
}

/** Opens the page of states without a backend: nobody is signed in, and nobody can be. */
export async function openStates(browser: Browser): Promise<StatesPage> {
  const server = startConsole({ isBuilt: true });
  const address = await server.address();
  const page = await browser.newPage({ reducedMotion: "reduce", colorScheme: "light" });
  page.setDefaultTimeout(15_000);
  page.setDefaultNavigationTimeout(60_000);
  await page.route("**/api/**", (route) => route.abort());
  await page.goto(`${address}/states`);
  await page.getByRole("heading", { name: "States of the indicator" }).waitFor();
  // A loss is worth a sign once it has lasted for five seconds.
  await page.locator(".active-indicator-last-known").last().waitFor();

  return {
    page,
    swatch: (title, scheme) =>
      page.getByRole("group", { name: `${title}, ${scheme}`, exact: true }),
    close: server.stop,
  };
}
