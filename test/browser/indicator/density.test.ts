// How much the list shows of much: what comes first, one line a row, two lines an error, five rows.
import { describe, expect, it } from "vitest";
import { ago, openBusy } from "../../support/indicator/busy.ts";
import { boxOf } from "../../support/indicator/page.ts";
import { heldTime, setUpIndicator } from "../../support/indicator/setup.ts";
import { build, deploy, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const reason = "src/server.ts(12,3): error TS2322: this is not assignable to that. ".repeat(6);
const queue = many(15, (n) => build(`q${n}`, "pending", { projectId: `q${n}` }));

it("a failure is in view before fifteen that wait for their turn", async () => {
  const { say, list, rows, openList } = await open();
  await say(...queue, build("1", "running", { projectId: "api" }));
  await say(build("1", "failed", { projectId: "api", error: "tsc exited with 2" }));
  await openList();
  expect(await rows().first().innerText()).toMatch(/^Build · api/);
  const [row, box] = [await boxOf(rows().first()), await boxOf(list)];
  expect(row.top).toBeGreaterThanOrEqual(box.top);
  expect(row.bottom).toBeLessThan(box.bottom);
});

it.each([
  ["36 px", { width: 1280 }],
  ["36 px, in a window of 360,", { width: 360, height: 740 }],
] as const)("a row of one line is %s high, whatever it has to say", async (_, options) => {
  const { page, say, connect, rows, openList, request } = await openBusy(open, options);
  await request("Scanning assets");
  await say(deploy("1", "running", { ...ago(42), progress: 0.62 }));
  const landing = { ...ago(60), projectId: "landing" };
  await say(build("4", "running", landing));
  await say(build("4", "succeeded", { ...landing, finishedAt: heldTime }));
  await openList();
  await connect("lost");
  await page.clock.runFor(6_500);
  const heights = async (section: string) =>
    rows(section).evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(await heights("Running")).toEqual([36, 36, 36, 36]);
  expect(await heights("Queued")).toEqual([36]);
  expect(await heights("Recent")).toEqual([36]);
});

it("a row is as high with a status as without one where a font's sizes are no whole pixels", async () => {
  const { page, say, rows, openList } = await open();
  await page.addStyleTag({ content: ":root { font-family: monospace }" });
  await say(build("1", "running"), run("2", "running"), build("3", "pending"));
  await openList();
  const heights = await rows().evaluateAll((all) => all.map((row) => row.clientHeight));
  expect(heights).toHaveLength(3);
  expect(new Set(heights).size).toBe(1);
});

it.each([320, 1280])("five buttons are all within their row at %i px", async (width) => {
  const { say, rows, openList } = await open({ width, query: "manyActions" });
  await say(deploy("1", "review", { message: "Two people must approve this" }));
  await openList();
  const row = await boxOf(rows());
  const buttons = await Promise.all((await rows().getByRole("button").all()).map(boxOf));
  expect(buttons).toHaveLength(5);
  expect(Math.min(...buttons.map(({ left }) => left))).toBeGreaterThanOrEqual(row.left);
  expect(Math.max(...buttons.map(({ right }) => right))).toBeLessThanOrEqual(row.right);
});

it.each([false, true])("a bar lies under no button, for fingers: %s", async (isTouch) => {
  const { say, rows, openList } = await open({ isTouch, width: 360 });
  await say(deploy("1", "running", { progress: 0.62 }));
  await openList();
  const [bar, stop] = [rows().locator(".active-indicator-bar"), rows().getByRole("button")];
  expect((await boxOf(bar)).top).toBeGreaterThanOrEqual((await boxOf(stop)).bottom);
  expect((await boxOf(bar)).bottom).toBeLessThanOrEqual((await boxOf(rows())).bottom);
});

describe("a long error", () => {
  it.each(["when the list opens", "while it is open"])(
    "is two lines, and unfolds, %s",
    async (when) => {
      const { page, say, rows, control, openList, focused } = await open();
      const fail = () => say(build("1", "failed", { error: reason }));
      await say(build("1", "running"));
      if (when === "when the list opens") await fail();
      await openList();
      if (when !== "when the list opens") await fail();
      const note = rows("Needs you").locator(".active-indicator-note");
      const read = () =>
        note.evaluate((element) => ({
          lines: Math.round(
            element.clientHeight / Number.parseFloat(getComputedStyle(element).lineHeight),
          ),
          isCut: element.scrollHeight > element.clientHeight + 1,
        }));
      await control("Show all").waitFor();
      expect(await read()).toEqual({ lines: 2, isCut: true });
      await page.waitForTimeout(650);
      await control("Show all").focus();
      await page.keyboard.press("Enter");
      await expect.poll(read).toMatchObject({ isCut: false });
      expect((await read()).lines).toBeGreaterThan(2);
      expect(await control("Show all").count()).toBe(0);
      expect(await focused()).toMatch(/^Build · shop/);
    },
  );

  it("that fits has nothing to unfold", async () => {
    const { say, rows, control, openList } = await open();
    await say(build("1", "running"), build("1", "failed", { error: "tsc exited with 2" }));
    await openList();
    await rows("Needs you").getByText("tsc exited").waitFor();
    expect(await control("Show all").count()).toBe(0);
  });
});

describe("of a long section", () => {
  it("five rows show, and the focus goes on with the sixth, in view", async () => {
    const { page, list, say, rows, control, openList, focused } = await open();
    await say(...queue, run("1", "running"));
    await openList();
    expect(await rows("Queued").count()).toBe(5);
    await page.waitForTimeout(650);
    await control("10 more").focus();
    await page.keyboard.press("Enter");
    expect(await rows("Queued").count()).toBe(15);
    expect(await focused()).toMatch(/^Build · q5/);
    await page.waitForTimeout(300);
    const [row, box] = [await boxOf(rows("Queued").nth(5)), await boxOf(list)];
    expect(row.top).toBeGreaterThanOrEqual(box.top);
    expect(row.bottom).toBeLessThanOrEqual(box.bottom);
  });

  it("six show where the rest would be one, which takes no more room", async () => {
    const { say, rows, control, openList } = await open();
    await say(...queue.slice(0, 6));
    await openList();
    expect(await rows("Queued").count()).toBe(6);
    expect(await control("1 more").count()).toBe(0);
  });
});

describe("what is no more than last known", () => {
  it("stands still: nothing turns, no time ticks, in chip and list", async () => {
    const { page, chip, say, connect, list, openList } = await open({
      holdsTime: true,
      reducedMotion: "no-preference",
    });
    await connect();
    await say(
      run("1", "running", { ...ago(60), projectId: "docs" }),
      build("2", "running", ago(42)),
    );
    await say(build("3", "pending", { ...ago(12), projectId: "docs" }));
    await openList();
    const motions = () =>
      page.evaluate(
        () =>
          document
            .getAnimations()
            .filter(({ effect }) => effect?.getTiming().iterations === Infinity).length,
      );
    const said = async () => [await chip.innerText(), await list.innerText()];
    expect(await motions()).toBeGreaterThan(0);
    await connect("lost");
    await page.clock.runFor(6_500);
    expect(await motions()).toBe(0);
    const before = await said();
    await page.clock.runFor(125_000);
    expect(await said()).toEqual(before);
    expect(await chip.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe(
      "dashed",
    );
  });
});
