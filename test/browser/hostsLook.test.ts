// The indicator's look on the pages of hosts, as their builds leave its style sheet.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveHostPage } from "../support/hostPage.ts";
import { launchChromium } from "../support/launchChromium.ts";

const script = `
  import { activityStore } from "active-indicator";
  import { ActiveActionIndicator } from "active-indicator/react";
  import "active-indicator/style.css";
  import { createRoot } from "react-dom/client";

  window.indicatorStore = activityStore;
  createRoot(document.getElementById("root")).render(<ActiveActionIndicator />);
`;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it("a host that is built with Vite's defaults shows the chip", async () => {
  const host = await serveHostPage([{ script }]);
  const page = await browser.newPage();
  await page.goto(host.origin);
  expect(await page.locator(".active-indicator-chip").innerText()).toBe("Idle");
  host.close();
});
