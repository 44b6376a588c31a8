// What can be pressed: where, how large it is, and how it looks meanwhile.
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openBusy } from "../../support/indicator/busy.ts";
import { boxOf, type IndicatorPage } from "../../support/indicator/page.ts";
import { type IndicatorPageOptions, setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

describe("the empty place of a row", () => {
  it.each([
    ["with a mouse", {}],
    ["with a finger", { isTouch: true, width: 360 }],
  ] as const)("leads to the job's page, and its button does not, %s", async (_, options) => {
    const { page, rows, control, openList } = await openBusy(open, options);
    await openList();
    const row = rows().filter({ hasText: "Server · docs" });
    await control("Stop Server · docs").click();
    expect(new URL(page.url()).hash).toBe("");
    // Until then it might be a double click.
    await page.clock.runFor(600);
    const [box, stop] = [await boxOf(row), await boxOf(control("Stop Server · docs"))];
    await page.mouse.click(stop.left - 6, box.bottom - 3);
    await expect.poll(() => new URL(page.url()).hash).toBe("#run-1");
  });
});

/** An open list with all that can be pressed in one. */
async function openAll(options: IndicatorPageOptions): Promise<IndicatorPage> {
  const indicator = await open({ holdsTime: true, query: "retry", ...options });
  const { page, say, connect, openList } = indicator;
  const projectId = "api";
  await say(build("1", "running"), build("1", "succeeded"));
  await say(build("2", "running", { projectId }));
  await say(build("2", "failed", { projectId, error: "a reason ".repeat(30) }));
  await say(...["docs", "shop"].map((id) => run(id, "running", { projectId: id })));
  await say(...many(8, (n) => build(`q${n}`, "pending", { projectId: `q${n}` })));
  await connect("lost");
  await page.clock.runFor(6_500);
  await openList();
  return indicator;
}

const hands: [string, number, IndicatorPageOptions][] = [
  ["a mouse", 28, {}],
  ["fingers", 44, { isTouch: true, width: 360, height: 740 }],
];

it.each(hands)(
  "for %s all targets are at least %i px, none under another",
  async (_, least, how) => {
    const { list, chip } = await openAll(how);
    const names = await list
      .locator("a, button")
      .evaluateAll((all) => all.map((each) => each.ariaLabel ?? each.textContent));
    expect(names).toEqual(
      expect.arrayContaining(["Retry now", "Show all", "Retry Build · api", "3 more", "Clear"]),
    );
    const targets = [chip, ...(await list.locator("a, button").all())];
    const sizes = await inTurn(targets, measureTarget);
    expect(sizes).toHaveLength(names.length + 1);
    // It is measured in halves of a pixel, to both sides.
    const isSmall = (size: number) => size < least - 1;
    expect(sizes.filter(({ width, height }) => isSmall(width) || isSmall(height))).toEqual([]);
  },
);

/** How far a press reaches it to all sides of its middle; of a link, of where its words begin. */
function measureTarget(target: Locator) {
  return target.evaluate((element) => {
    element.scrollIntoView({ block: "center" });
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const x = element.matches("a") ? left + 4 : (left + right) / 2;
    const y = (top + bottom) / 2;
    const isHit = (dx: number, dy: number) =>
      document.elementFromPoint(x + dx, y + dy)?.closest("a, button") === element;
    const reach = (dx: number, dy: number) => {
      let steps = 0;
      while (steps < 1_000 && isHit(dx * (steps + 0.5), dy * (steps + 0.5))) steps += 0.5;
      return steps;
    };
    return {
      what: element.ariaLabel ?? element.textContent,
      width: reach(-1, 0) + reach(1, 0),
      height: reach(0, -1) + reach(0, 1),
    };
  });
}

describe("it shows", () => {
  const parts: [string, (indicator: IndicatorPage) => Locator][] = [
    ["a row", ({ list }) => list.getByRole("link", { name: "Server · docs" })],
    ["Stop", ({ control }) => control("Stop Server · docs")],
    ["Dismiss", ({ control }) => control("Dismiss Build · api")],
    ["what shows more", ({ control }) => control("3 more")],
  ];

  it.each(parts)(
    "that the pointer is on %s, that it is pressed, that it has the focus",
    async (_, find) => {
      const indicator = await openAll({});
      const { page } = indicator;
      const part = find(indicator);
      await part.scrollIntoViewIfNeeded();
      await page.mouse.move(10, 790);
      const rest = await lookOf(part);
      await part.hover();
      const hovered = await lookOf(part);
      await page.mouse.down();
      const pressed = await lookOf(part);
      await page.mouse.move(10, 790);
      await page.mouse.up();
      // So that the focus is the keyboard's.
      await page.keyboard.press("Shift");
      await part.focus();
      const focused = await lookOf(part);
      expect(new Set([rest, hovered, pressed, focused]).size).toBe(4);
      expect(focused).toContain("solid 2px");
      expect(rest).not.toContain("solid 2px");
    },
  );

  it("the same on the chip, and that its list is open", async () => {
    const { page, chip, list, openList } = await open();
    const rest = await lookOf(chip);
    await chip.hover();
    const hovered = await lookOf(chip);
    await page.mouse.down();
    const pressed = await lookOf(chip);
    await page.mouse.move(10, 700);
    await page.mouse.up();
    await page.keyboard.press("Shift");
    await chip.focus();
    const focused = await lookOf(chip);
    await openList();
    await page.mouse.move(10, 700);
    const opened = await lookOf(chip);
    expect(await list.isVisible()).toBe(true);
    expect(new Set([rest, hovered, pressed, focused, opened]).size).toBe(5);
  });
});

/** What a part and its row look like: all that can say a state. */
function lookOf(part: Locator): Promise<string> {
  return part.evaluate((element) => {
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- the page knows nothing from around it
    const read = (of: Element, pseudo?: string) => {
      const style = getComputedStyle(of, pseudo);
      const { backgroundColor, color, opacity, outlineStyle, outlineWidth } = style;
      const outline = `${outlineStyle} ${outlineStyle === "none" ? "" : outlineWidth}`;
      return `${backgroundColor} ${color} ${opacity} ${outline} ${style.borderTopColor}`;
    };
    const row = element.matches("a") ? element.closest("li") : null;
    const own = [undefined, "::before", "::after"].map((pseudo) => read(element, pseudo));
    return [...own, row ? read(row) : ""].join("\n");
  });
}

/** A click that takes no time, so that what follows it is seen from its beginning. */
function press(button: Locator): Promise<void> {
  return button.evaluate((element) => {
    if (element instanceof HTMLElement) element.click();
  });
}

/** How long the longest of what moves it takes, in ms. */
function longest(list: Locator): Promise<number> {
  return list.evaluate((element) =>
    Math.max(
      0,
      ...element.getAnimations().map(({ effect }) => Number(effect?.getTiming().duration)),
    ),
  );
}

/** Presses the chip, and how long the longest of what moves the list takes, in ms, in one task. */
function pressAndMeasure(chip: Locator): Promise<number> {
  return chip.evaluate((button) => {
    if (button instanceof HTMLElement) button.click();
    const list = document.querySelector(".active-indicator-list");
    const moving = list?.getAnimations().map(({ effect }) => Number(effect?.getTiming().duration));
    return Math.max(0, ...(moving ?? []));
  });
}

describe("the list", () => {
  it("opens and closes within 160 ms", async () => {
    const { chip, list } = await open({ reducedMotion: "no-preference" });
    expect(await pressAndMeasure(chip)).toBe(160);
    await expect.poll(() => longest(list)).toBe(0);
    expect(await list.evaluate((element) => getComputedStyle(element).opacity)).toBe("1");
    expect(await pressAndMeasure(chip)).toBe(160);
    await list.waitFor({ state: "hidden" });
  });

  it("opens and closes at once in a browser that fades nothing above the page", async () => {
    const { chip, list } = await open({ reducedMotion: "no-preference", query: "unfading" });
    expect(await pressAndMeasure(chip)).toBe(0);
    expect(await list.evaluate((element) => getComputedStyle(element).opacity)).toBe("1");
    expect(await pressAndMeasure(chip)).toBe(0);
    expect(await list.isVisible()).toBe(false);
  });

  it("closes with all that was in it, and holds nothing then", async () => {
    const { page, chip, list, rows, say, openList } = await open({
      reducedMotion: "no-preference",
    });
    await say(...many(4, (n) => run(`${n}`, "running")));
    await openList();
    const heights = await list.evaluateHandle((element) => {
      const seen: number[] = [];
      const look = () => {
        if (element.checkVisibility()) seen.push(element.clientHeight);
        requestAnimationFrame(look);
      };
      look();
      return seen;
    });
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    expect(new Set(await page.evaluate((seen) => seen, heights)).size).toBe(1);
    await expect.poll(() => rows().count()).toBe(0);
    // Opened anew before it has closed it keeps its rows.
    await press(chip);
    await press(chip);
    await press(chip);
    await expect.poll(() => longest(list)).toBe(0);
    await page.waitForTimeout(100);
    expect(await rows().count()).toBe(4);
  });

  it("does so at once where motion is not wanted", async () => {
    const { page, chip, list } = await open({ reducedMotion: "reduce" });
    const toggle = async () => {
      await press(chip);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    };
    await toggle();
    expect([await longest(list), await list.isVisible()]).toEqual([0, true]);
    await toggle();
    expect([await longest(list), await list.isVisible()]).toEqual([0, false]);
  });
});

it("all that turns does so in phase, whenever it began", async () => {
  const { page, say, openList } = await open({ reducedMotion: "no-preference" });
  const times = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations === Infinity)
        .map(({ startTime }) => startTime),
    );
  await say(build("1", "running"));
  await page.waitForTimeout(330);
  await openList();
  await page.waitForTimeout(330);
  await say(build("2", "pending", { projectId: "docs" }));
  await page.waitForTimeout(130);
  await say(build("2", "running", { projectId: "docs" }));
  await page.waitForTimeout(330);
  const all = await times();
  expect(all.length).toBe(3);
  expect(new Set(all).size).toBe(1);
});
