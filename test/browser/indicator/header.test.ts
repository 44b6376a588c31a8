// The indicator in the header of the console, from wide to narrow.
import { afterAll, beforeAll, expect, it } from "vitest";
import { boxOf } from "../../support/indicator/page.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";
import { openStates, type StatesPage } from "../../support/pages/statesPage.ts";

const browser = setUpChromium();
let states: StatesPage;

beforeAll(async () => {
  states = await openStates(browser());
});
afterAll(() => states.close());

it.each([320, 360, 390, 720, 760, 860, 1280])(
  "at %i px the chip holds all its signs, and nothing lies over anything",
  async (width) => {
    const { page, swatch } = states;
    await page.setViewportSize({ width, height: 800 });
    const header = swatch("Header, all at once", "light").locator(".header");
    const chip = header.locator(".active-indicator-chip");
    const signs = [".active-indicator-badge", ".active-indicator-failed", ".active-indicator-sign"];
    const [box, account] = [await boxOf(chip), await boxOf(header.locator(".header-account"))];
    for (const sign of await inTurn(signs, (name) => boxOf(chip.locator(name)))) {
      expect(sign.left).toBeGreaterThanOrEqual(box.left);
      expect(sign.right).toBeLessThanOrEqual(box.right);
    }
    expect(box.right <= account.left || box.bottom <= account.top).toBe(true);
    expect(await chip.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(
      false,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  },
);

it.each([360, 390, 720])(
  "%i px wide it has two rows, with the chip beside the name",
  async (width) => {
    const { page, swatch } = states;
    const header = swatch("Header, all at once", "light").locator(".header");
    await page.setViewportSize({ width, height: 800 });
    // Around it the page of states has a margin, which a console has not.
    await page.setViewportSize({ width: 2 * width - (await boxOf(header)).width, height: 800 });
    const parts = [".header-product", ".active-indicator-chip", ".header-navigation"];
    const [name, chip, pages] = await inTurn(parts, (part) => boxOf(header.locator(part)));
    expect(chip?.top).toBeLessThan(name?.bottom ?? 0);
    expect(chip?.bottom).toBeLessThanOrEqual(pages?.top ?? 0);
  },
);

it("the words give way before the badges: first the label, then “last known”", async () => {
  const { page, swatch } = states;
  const chip = swatch("Header, all at once", "light").locator(".active-indicator-chip");
  const widthsAt = async (width: number) => {
    await page.setViewportSize({ width, height: 800 });
    const [label, lastKnown, badge, failed] = await inTurn(
      ["label", "last-known", "badge", "failed"],
      async (part) => (await boxOf(chip.locator(`.active-indicator-${part}`))).width,
    );
    return { label: label ?? 0, lastKnown: lastKnown ?? 0, badges: [badge, failed] };
  };
  const wide = await widthsAt(1280);
  const narrow = await widthsAt(480);
  const narrower = await widthsAt(280);
  expect(narrow.label).toBeLessThan(wide.label);
  expect(narrow.lastKnown).toBe(wide.lastKnown);
  expect(narrower.lastKnown).toBeLessThan(wide.lastKnown);
  expect([narrow.badges, narrower.badges]).toEqual([wide.badges, wide.badges]);
});
