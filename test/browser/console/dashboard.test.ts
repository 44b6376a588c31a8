// The dashboard: what it puts first, and what it leaves to the indicator.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";
import { boxOf } from "../../support/indicator/page.ts";

const running = serveConsole();

it("has the projects first, and beside them, or on a phone below them, what has ended", async () => {
  const { page, button, indicator } = await running.visit();
  await button("Build", "Quick").click();
  await indicator.hasShown("Building (quick)");
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Build · Quick").first().waitFor();
  const projects = page.getByRole("region", { name: "Projects" });
  await page.setViewportSize({ width: 1280, height: 800 });
  expect((await boxOf(projects)).right).toBeLessThan((await boxOf(history)).left);
  await page.setViewportSize({ width: 360, height: 740 });
  expect((await boxOf(projects)).bottom).toBeLessThan((await boxOf(history)).top);
});

it("has no button in a card as blue as what is busy", async () => {
  const { page } = await running.visit();
  const looks = await page
    .getByRole("article")
    .getByRole("button")
    .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor));
  expect(looks.length).toBeGreaterThan(9);
  expect(new Set(looks)).toEqual(new Set(["rgba(0, 0, 0, 0)"]));
});

it("has in its history what ended before this browser looked", async () => {
  await running.client.post("/projects/quick/build");
  await running.client.settle();
  const { page } = await running.visit();
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Build · Quick").first().waitFor();
  expect(await page.locator("header").getByText("failed").count()).toBe(0);
});

it.each([1280, 360, 320])(
  "%i px wide all of a name and of an error fit, though nothing in them may break",
  async (width) => {
    const { page } = await running.visit();
    const word = "long".repeat(40);
    const project = { id: word, name: word, description: word };
    await page.route("**/api/projects", (route) =>
      route.fulfill({ json: { projects: [project] } }),
    );
    await page.route("**/scan", (route) => route.fulfill({ status: 400, json: { error: word } }));
    await page.setViewportSize({ width, height: 740 });
    await page.reload();
    await page.getByRole("button", { name: "Scan" }).click();
    await page.getByRole("alert").waitFor();
    expect(await furthestRight(page)).toBeLessThanOrEqual(width);
    await page.getByRole("article").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: word }).waitFor();
    expect(await furthestRight(page)).toBeLessThanOrEqual(width);
  },
);

/** How far headings and paragraphs reach, in px: also what of them is cut off. */
function furthestRight(page: Page): Promise<number> {
  return page.locator("main :is(h1, h2, p)").evaluateAll((elements) => {
    const range = document.createRange();
    const rights = elements.flatMap((element) => {
      range.selectNodeContents(element);
      return [...range.getClientRects()].map(({ right }) => Math.floor(right));
    });
    return Math.max(...rights);
  });
}
