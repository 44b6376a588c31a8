import { describe, expect, it } from "vitest";
import { setUpChromium } from "../../support/chromium/shared.ts";
import { boxOf } from "../../support/indicator/page.ts";
import { type IndicatorPageOptions, setUpIndicator } from "../../support/indicator/setup.ts";
import { many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const openWithScrollbars = setUpIndicator(
  setUpChromium({ ignoreDefaultArgs: ["--hide-scrollbars"] }),
);

describe("the list is within the window and beside the chip", () => {
  const places: [string, IndicatorPageOptions][] = [
    ["at 1280 px", {}],
    ["at 360 px", { width: 360, height: 740 }],
    ["on a page that reads from right to left", { direction: "rtl" }],
    ["on such a page of 360 px", { direction: "rtl", width: 360, height: 740 }],
    // To the page a zoom is a window with fewer pixels, each of them larger.
    ["at a zoom of 200 %", { width: 640, height: 400 }],
    ["at a zoom of 400 %", { width: 320, height: 256 }],
    ["without CSS anchors", { query: "unanchored" }],
    ["without CSS anchors at 360 px", { query: "unanchored", width: 360, height: 740 }],
  ];

  it.each(places)("%s", async (_, options) => {
    const { page, chip, list, rows, say, openList } = await open(options);
    await say(...many(30, (n) => run(`${n}`, "running", { projectId: `project-${n}` })));
    await openList();
    const { width = 1280, height = 800 } = options;
    const [of, box] = [await boxOf(chip), await boxOf(list)];
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(width);
    expect(box.bottom).toBeLessThanOrEqual(height);
    expect(box.top).toBeGreaterThanOrEqual(of.bottom);
    expect(box.top - of.bottom).toBeLessThan(24);
    // They share an edge or overlap, so that one sees where it came from.
    expect(Math.min(box.right, of.right) - Math.max(box.left, of.left)).toBeGreaterThan(30);
    await rows().last().scrollIntoViewIfNeeded();
    expect((await boxOf(rows().last())).bottom).toBeLessThanOrEqual(box.bottom);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it.each([260, 480])("also where the chip is %i px down in a window of 600", async (down) => {
    const { page, chip, list, rows, say, openList } = await open({ height: 600 });
    await page.addStyleTag({ content: `header { margin-top: ${down}px }` });
    await say(...many(30, (n) => run(`${n}`, "running")));
    await openList();
    const [of, box] = [await boxOf(chip), await boxOf(list)];
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(600);
    expect(box.top >= of.bottom || box.bottom <= of.top).toBe(true);
    await rows().last().scrollIntoViewIfNeeded();
    expect((await boxOf(rows().last())).bottom).toBeLessThanOrEqual(box.bottom);
  });

  it("over the chip where a window is too low for both", async () => {
    const { page, list, rows, say, openList } = await open({ width: 320, height: 170 });
    await page.addStyleTag({ content: "header { position: sticky; top: 0 }" });
    await say(...many(5, (n) => run(`${n}`, "running")));
    await openList();
    const box = await boxOf(list);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.bottom).toBeLessThanOrEqual(170);
    await rows().last().scrollIntoViewIfNeeded();
    expect((await boxOf(rows().last())).bottom).toBeLessThanOrEqual(box.bottom);
  });

  it("also where the chip is at the other edge", async () => {
    const { page, chip, list, say, openList } = await open({ width: 800 });
    await page.addStyleTag({ content: ".indicator-place { justify-content: start }" });
    await say(run("1", "running"));
    await openList();
    const [of, box] = [await boxOf(chip), await boxOf(list)];
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(of.bottom);
    expect(Math.abs(box.left - of.left)).toBeLessThan(2);
  });

  it.each(["8px", "16px"])(
    "with the same room on both sides at 360 px, %s from it",
    async (gap) => {
      const { page, list, say, openList } = await open({ width: 360, height: 740 });
      const content = `header { padding-inline: ${gap} } button:last-child { display: none }`;
      await page.addStyleTag({ content });
      await say(run("1", "running"));
      await openList();
      const box = await boxOf(list);
      expect(box.left).toBe(8);
      expect(box.right).toBe(352);
    },
  );

  it.each([
    ["360 px", { width: 360, height: 740 }],
    ["400 px", { width: 400, height: 740 }],
    ["360 px and without CSS anchors", { width: 360, height: 740, query: "unanchored" }],
  ] as const)("beside a scrollbar of 17 px at %s", async (_, options) => {
    const { page, list, say, openList } = await openWithScrollbars(options);
    await page.addStyleTag({ content: "::-webkit-scrollbar { width: 17px }" });
    await say(run("1", "running"));
    await openList();
    const inSight = await page.evaluate(() => document.documentElement.clientWidth);
    expect(inSight).toBe(options.width - 17);
    const box = await boxOf(list);
    expect([box.left, inSight - box.right]).toEqual([8, 8]);
  });
});
