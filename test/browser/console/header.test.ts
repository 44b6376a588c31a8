// The header of the console, at its place above every page.
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { serveConsole } from "../../support/console/setup.ts";
import { boxOf } from "../../support/indicator/page.ts";
import { inTurn } from "../../support/indicator/turns.ts";

const running = serveConsole();

const headerOf = (page: Page) => page.getByRole("banner");

/** At what height the middle of an element is. */
async function middleOf(element: Locator): Promise<number> {
  const { top, bottom } = await boxOf(element);
  return (top + bottom) / 2;
}

it.each([1280, 360])("at %i px the header stays in sight on a long page", async (width) => {
  const { page, chip } = await running.visit();
  await page.setViewportSize({ width, height: 500 });
  await page.getByRole("article").last().scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  expect((await boxOf(headerOf(page))).top).toBe(0);
  expect((await boxOf(chip)).top).toBeGreaterThan(0);
});

it.each([100, 200])(
  "with text of %i percent what has the focus is not under the header",
  async (size) => {
    const { page } = await running.visit();
    await page.setViewportSize({ width: 360, height: 500 });
    await page.addStyleTag({ content: `html { font-size: ${size}% }` });
    await page.getByRole("article").last().getByRole("button").last().focus();
    const { bottom } = await boxOf(headerOf(page));
    const tops = await inTurn(Array.from({ length: 20 }), async () => {
      await page.keyboard.press("Shift+Tab");
      return page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0);
    });
    expect(tops.filter((top) => top < bottom)).toEqual([]);
  },
);

it("360 px wide it has the mark and the chip above the pages and who is signed in", async () => {
  const { page, chip } = await running.visit();
  await page.setViewportSize({ width: 360, height: 740 });
  const header = headerOf(page);
  const mark = header.getByRole("link", { name: "Active Indicator" });
  const pages = header.getByRole("link", { name: "Projects" });
  const parts = [mark, chip, pages, header.getByTitle("ada")];
  const [first = 0, beside = 0, second = 0, last = 0] = await inTurn(parts, middleOf);
  expect(beside).toBeCloseTo(first, 0);
  expect(last).toBeCloseTo(second, 0);
  expect(second).toBeGreaterThan(first + 30);
  // The name of the product would leave the chip half of that.
  expect((await boxOf(mark)).width).toBeLessThan(60);
});

it("two links that show on focus lead past the header: to the page, and to the chip", async () => {
  const { page, chip } = await running.visit();
  await page.reload();
  await chip.waitFor();
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").innerText()).toBe("Skip to the page");
  await page.keyboard.press("Tab");
  expect(await page.locator(":focus").innerText()).toBe("Skip to the activity");
  expect((await boxOf(page.locator(":focus"))).top).toBeGreaterThanOrEqual(0);
  await page.keyboard.press("Enter");
  expect(await page.locator(":focus").getAttribute("data-part")).toBe("chip");
});

it("the list opens with all that it holds also once the network is away", async () => {
  const { context, page, chip } = await running.visit();
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("OpenList")),
  );
  await context.setOffline(true);
  await chip.click();
  const list = page.getByRole("dialog", { name: "Activity" });
  await expect.poll(() => list.innerText()).toContain("Nothing is running");
});
