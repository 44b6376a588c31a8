// What the chip does between one width and the next, and how soon a click is acknowledged.
import { describe, expect, it } from "vitest";
import { boxOf, type IndicatorPage } from "../../support/indicator/page.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { build, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const projectId = "a-project-with-a-name-that-is-much-longer-than-any-header-has-room-for";

interface Frame {
  right: number;
  width: number;
  isBusy: boolean;
  label: string | undefined;
  /** How long what moves the width takes, in ms; 0 for nothing that does. */
  durationMs: number;
}

/** Every frame of the chip from a click to Idle, by way of short and long labels. */
async function recordStory({ page, chip, say, request, label }: IndicatorPage): Promise<Frame[]> {
  const record = await chip.evaluateHandle((element) => {
    const frames: Frame[] = [];
    const look = () => {
      const { right, width } = element.getBoundingClientRect();
      const moving = element.getAnimations().find(({ id }) => id === "width");
      frames.push({
        right,
        width,
        isBusy: element.getAttribute("data-busy") === "true",
        label: element.querySelector(".active-indicator-label")?.textContent,
        durationMs: Number(moving?.effect?.getTiming().duration ?? 0),
      });
      requestAnimationFrame(look);
    };
    look();
    return frames;
  });
  const end = await request("Triggering build • storefront");
  await page.waitForTimeout(350);
  await say(build("1", "pending", { projectId }));
  await end();
  await page.waitForTimeout(100);
  await say(build("1", "running", { projectId }));
  await page.waitForTimeout(350);
  await say(run("2", "running"), run("3", "running", { projectId: "docs" }));
  await page.waitForTimeout(350);
  await say(build("1", "failed", { projectId }), run("2", "stopped"), run("3", "stopped"));
  await expect.poll(() => label.innerText()).toBe("Idle");
  await page.waitForTimeout(400);
  return page.evaluate((frames) => frames, record);
}

/** The widths that it has when nothing moves it. */
const restsIn = (frames: readonly Frame[]) =>
  new Set(frames.filter(({ durationMs }) => durationMs === 0).map(({ width }) => width));

describe("from a click to Idle", () => {
  it("the chip's end edge stays in every frame, and its width moves between bounds in 220 ms", async () => {
    const frames = await recordStory(await open({ reducedMotion: "no-preference" }));
    const rights = frames.map(({ right }) => right);
    expect(Math.max(...rights) - Math.min(...rights)).toBeLessThanOrEqual(1);
    const rests = restsIn(frames.filter(({ isBusy }) => isBusy));
    expect(rests.size).toBeGreaterThan(1);
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(13 * 16);
    expect(Math.max(...rests)).toBeLessThanOrEqual(22 * 16);
    const moving = frames.filter(({ durationMs }) => durationMs > 0);
    expect(Math.max(...moving.map(({ durationMs }) => durationMs))).toBeLessThanOrEqual(220);
    // It does go through widths at which it never rests.
    const between = moving.filter(({ width }) => !restsIn(frames).has(width));
    expect(between.length).toBeGreaterThan(5);
    expect(Math.max(...frames.map(({ width }) => width))).toBeLessThanOrEqual(22 * 16);
  });

  it("nothing moves its width where motion is not wanted", async () => {
    const frames = await recordStory(await open({ reducedMotion: "reduce" }));
    expect(new Set(frames.map(({ durationMs }) => durationMs))).toEqual(new Set([0]));
    const rights = frames.map(({ right }) => right);
    expect(Math.max(...rights) - Math.min(...rights)).toBeLessThanOrEqual(1);
    // One for Idle, one for that with its failure, and those of the labels.
    expect(restsIn(frames).size).toBeLessThanOrEqual(6);
  });
});

it("the page hears of no error while the width moves", async () => {
  const indicator = await open({ reducedMotion: "no-preference" });
  const errors = await indicator.page.evaluateHandle(() => {
    const messages: string[] = [];
    window.addEventListener("error", ({ message }) => messages.push(message));
    return messages;
  });
  await recordStory(indicator);
  expect(await errors.jsonValue()).toEqual([]);
});

it("a chip that shows again with its header is as wide as before at once", async () => {
  const { page, chip, say } = await open({ reducedMotion: "no-preference" });
  await say(run("1", "running"));
  await page.waitForTimeout(400);
  const show = (display: string) =>
    page.evaluate(async (value) => {
      document.querySelector("header")?.style.setProperty("display", value);
      // Its observer is called with the frame.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }, display);
  await show("none");
  await show("");
  expect(await chip.evaluate((button) => button.getAnimations().map(({ id }) => id))).toEqual([]);
});

it("a click on Stop is acknowledged by button and chip within a frame", async () => {
  const { page, say, control, openList, list } = await open();
  await say(run("1", "running"));
  await openList();
  await page.waitForTimeout(650);
  await page.evaluate(() => {
    window.stopWait = new Promise(() => {});
  });
  const frames = await list.evaluateHandle((element) => {
    const seen: unknown[] = [];
    element.addEventListener("click", ({ target }) =>
      requestAnimationFrame(() =>
        seen.push(
          target instanceof Element && target.ariaDisabled,
          document.querySelector(".active-indicator-label")?.textContent,
        ),
      ),
    );
    return seen;
  });
  const { left, right, top, bottom } = await boxOf(control("Stop Server · shop"));
  await page.mouse.click((left + right) / 2, (top + bottom) / 2);
  await expect.poll(() => page.evaluate((seen) => seen.length, frames)).toBe(2);
  expect(await page.evaluate((seen) => seen, frames)).toEqual([
    "true",
    expect.stringMatching(/^Stop.*Server · shop/),
  ]);
});
