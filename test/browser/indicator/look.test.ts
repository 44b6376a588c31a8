import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { boxOf } from "../../support/indicator/page.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

describe("where motion is not wanted", () => {
  it("nothing moves, and a still sign is beside the word", async () => {
    const { page, chip, say, openList } = await open({ reducedMotion: "reduce" });
    await say(build("1", "running"), build("2", "pending"), run("3", "stopping"));
    await openList();
    expect(await page.evaluate(countMotions)).toEqual({ ever: 0, now: 0 });
    const arc = chip.locator("[data-sign='working'] path");
    expect(await arc.isVisible()).toBe(true);
  });

  it("elsewhere work turns", async () => {
    const { page, say } = await open({ reducedMotion: "no-preference" });
    await say(build("1", "running"));
    expect(await page.evaluate(countMotions)).toMatchObject({ ever: 1 });
  });
});

describe("in forced colours", () => {
  it.each(["light", "dark"] as const)(
    "%s, each state has words and a shape",
    async (colorScheme) => {
      const { page, chip, say, connect } = await open({ forcedColors: "active", colorScheme });
      const idle = await lookOf(chip);
      await say(run("1", "running"));
      const steady = await lookOf(chip);
      await say(build("2", "running"), build("3", "running"), build("3", "failed"));
      await connect("lost");
      const working = await lookOf(chip);
      expect([idle, steady, working].map(({ border }) => border)).toEqual(["1px", "2px", "2px"]);
      expect(steady.shape).not.toBe(working.shape);
      for (const look of [idle, steady, working])
        expect(look).toMatchObject({ isVisible: true, inOtherColours: 0 });
      const framed = [".active-indicator-badge", ".active-indicator-failed"];
      expect(
        await inTurn(framed, (sign) =>
          page.locator(sign).evaluate((element) => getComputedStyle(element).borderTopStyle),
        ),
      ).toEqual(["solid", "solid"]);
    },
  );

  it("outcomes differ in shape", async () => {
    const { list, say, openList } = await open({ forcedColors: "active" });
    await say(
      ...many(2, (n) => build(`${n}`, "running")),
      run("3", "running"),
      run("4", "running"),
    );
    await say(build("0", "failed"), build("1", "succeeded"), run("3", "stopped"));
    await openList();
    const shapes = await list
      .getByRole("listitem")
      .evaluateAll((rows) => rows.map((row) => row.querySelector("svg")?.innerHTML));
    expect(shapes).toHaveLength(4);
    expect(new Set(shapes).size).toBe(4);
  });
});

it("on a page that reads from right to left, a short label is beside its sign", async () => {
  const { chip, label, say } = await open({ direction: "rtl" });
  await say(build("1", "pending"));
  const sign = await boxOf(chip.locator(".active-indicator-sign svg"));
  expect(sign.left - (await boxOf(label)).right).toBeLessThan(12);
});

it("the list has its own text, whatever the header says of its", async () => {
  const { page, list, say, openList } = await open();
  const content = `header {
    font-weight: 900; text-align: center; white-space: nowrap;
    text-transform: uppercase; letter-spacing: 2px;
  }`;
  await page.addStyleTag({ content });
  await say(build("1", "running"), build("1", "failed", { error: "a reason ".repeat(15) }));
  await openList();
  const row = list.getByRole("listitem");
  const style = await row.evaluate((element) => {
    const { fontWeight, textAlign, textTransform, letterSpacing } = getComputedStyle(element);
    return { fontWeight, textAlign, textTransform, letterSpacing };
  });
  expect(style).toEqual({
    fontWeight: "400",
    textAlign: "start",
    textTransform: "none",
    letterSpacing: "normal",
  });
  expect((await boxOf(row)).right).toBeLessThanOrEqual((await boxOf(list)).right);
});

it("words in the list stay words where all text is twice as large", async () => {
  const { page, list, say, openList } = await open({ width: 360, height: 740 });
  await page.addStyleTag({ content: "html { font-size: 200% }" });
  await say(run("1", "running", { projectId: "docs-site" }));
  await openList();
  const [row, words] = [list.getByRole("listitem"), list.locator(".active-indicator-what")];
  expect((await boxOf(words)).width).toBeGreaterThan(150);
  expect((await boxOf(row)).right).toBeLessThanOrEqual(360);
});

it("a zoom gives it its size back on a page where a rem is 10 px", async () => {
  const { page, chip, list, say, openList } = await open();
  const boxes = () => inTurn([chip, list], boxOf);
  await say(run("1", "running", { projectId: "docs-site" }), build("1", "failed"));
  await openList();
  const usual = await boxes();
  await page.addStyleTag({ content: "html { font-size: 62.5% }" });
  expect(await boxes()).not.toEqual(usual);
  await page.addStyleTag({ content: ".active-indicator { zoom: 1.6 }" });
  await expect.poll(boxes).toEqual(usual);
});

it("on a page that reads from right to left, words keep their own direction", async () => {
  const { chip, label, say } = await open({ direction: "rtl" });
  const projectId = "a-project-with-a-name-that-is-much-longer-than-any-header-has-room-for";
  await say(build("1", "running"), build("2", "running", { projectId }));
  const labelBox = await boxOf(label);
  const first = await label.evaluate(leftOfFirstLetter);
  // What is cut off is the end of the words, and not their beginning.
  expect(first).toBeCloseTo(labelBox.left, 0);
  const badge = chip.locator(".active-indicator-badge");
  const plus = (await badge.evaluate(leftOfFirstLetter)) - (await boxOf(badge)).left;
  expect(plus).toBeLessThan(10);
  expect((await boxOf(chip.locator(".active-indicator-sign svg"))).left).toBeGreaterThan(
    labelBox.right,
  );
});

/** How much moves now, and how much will for ever; what follows the scrolling does not move by itself. */
function countMotions() {
  const moving = document
    .getAnimations()
    .filter((each) => each.playState === "running" && each.timeline === document.timeline);
  const forEver = moving.filter(({ effect }) => effect?.getTiming().iterations === Infinity);
  return { now: moving.length, ever: forEver.length };
}

/** What is left of a chip when its colours are the system's. */
function lookOf(chip: Locator) {
  return chip.evaluate((button) => {
    const style = getComputedStyle(button);
    const colours = [...button.querySelectorAll("span")].map(
      (span) => getComputedStyle(span).color,
    );
    return {
      border: style.borderTopWidth,
      isVisible: style.color !== style.backgroundColor,
      inOtherColours: colours.filter((colour) => colour !== style.color).length,
      shape: button.querySelector("svg")?.innerHTML,
    };
  });
}

// Runs in the page, so it can use nothing from around it.
function leftOfFirstLetter(element: Element): number {
  const range = document.createRange();
  range.setStart(element.firstChild ?? element, 0);
  range.setEnd(element.firstChild ?? element, 1);
  return range.getBoundingClientRect().left;
}
