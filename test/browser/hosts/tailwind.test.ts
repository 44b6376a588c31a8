// A host that draws all that the indicator shows with its own kit, from the two hooks.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { setUpChromium } from "../../support/chromium/shared.ts";
import { findViolations } from "../../support/indicator/axe.ts";
import { indicatorPageOf } from "../../support/indicator/page.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import type { PageServer } from "../../support/pages/servePage.ts";
import { tailwindStyles } from "../../support/pages/tailwind.ts";

const host = fileURLToPath(new URL("../../support/pages/tailwindHost.tsx", import.meta.url));
const script = `
  import { activityStore } from "active-indicator";
  import { createRoot } from "react-dom/client";
  import { drive } from "test/drive";
  import { Activity } from ${JSON.stringify(host)};

  window.indicatorDrive = () => drive(activityStore);
  window.stopped = [];
  const stop = async ({ key }) => void window.stopped.push(key);
  createRoot(document.getElementById("root")).render(<main><Activity stop={stop} /></main>);
`;

const browser = setUpChromium();
let server: PageServer;
let page: Page;

beforeAll(async () => {
  const styles = await tailwindStyles(await readFile(host, "utf8"));
  server = await serveHostPage([{ script, styles }]);
  page = await browser().newPage();
});
beforeEach(async () => void (await page.goto(server.origin)));
afterAll(() => server.close());

const chip = () => page.locator("summary");
const chipText = async () => (await chip().innerText()).replaceAll(/\s+/g, " ");
const background = () => chip().evaluate((element) => getComputedStyle(element).backgroundColor);

it("takes no more than forty lines of the host's", async () => {
  const [, component = ""] = /(export function .*)/s.exec(await readFile(host, "utf8")) ?? [];
  expect(component.trim().split("\n").length).toBeLessThanOrEqual(40);
});

it("shows what goes on, and how much more, in the host's own colours", async () => {
  const { say, connect } = indicatorPageOf(page);
  await connect();
  await expect.poll(chipText).toBe("Idle");
  const idle = await background();
  await say(build("1", "running"), run("2", "running"));
  await expect.poll(chipText).toBe("Server running (shop) +1");
  expect(await background()).not.toBe(idle);
});

it("lists each job, and stops a server by its button", async () => {
  const { say } = indicatorPageOf(page);
  await say(build("1", "running"), build("2", "pending"), run("3", "running"));
  await chip().click();
  const rows = (await page.getByRole("listitem").allInnerTexts()).map((row) =>
    row.replaceAll(/\s+/g, " ").replace(/\d+:\d\d/, "0:00"),
  );
  expect(rows.toSorted()).toEqual([
    "Build · shop: queued 0:00",
    "Build · shop: running 0:00",
    "Server · shop: running 0:00 Stop",
  ]);
  await page.getByRole("button", { name: "Stop Server · shop" }).click();
  expect(await page.evaluate(() => window.stopped)).toEqual(["run:3"]);
});

it("shows a failure until somebody opens the list, and why it failed in its row", async () => {
  const { say } = indicatorPageOf(page);
  await say(build("1", "running"));
  await say(build("1", "failed", { error: "tsc exited with 2" }));
  await expect.poll(chipText).toBe("Idle 1 failed");
  await chip().click();
  await expect.poll(chipText).toBe("Idle");
  expect(await page.getByRole("listitem").innerText()).toContain("tsc exited with 2");
  await page.getByRole("button", { name: "Dismiss Build · shop" }).click();
  await expect.poll(() => page.getByRole("listitem").count()).toBe(0);
});

it("axe finds nothing in it, with everything shown", async () => {
  const { say } = indicatorPageOf(page);
  await say(build("1", "running"), build("2", "running"), run("3", "running"));
  await say(build("1", "failed"));
  await page.getByText("1 failed").waitFor();
  expect(await findViolations(page, "main")).toEqual([]);
  await chip().click();
  expect(await findViolations(page, "main")).toEqual([]);
});
