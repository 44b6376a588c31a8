// What the list takes from a quick or a shaky hand.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { boxOf, type IndicatorPage } from "../../support/indicator/page.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, deploy, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

/** Clicks twice at where it is now, with so many ms between, and whatever happens after the first. */
async function doubleClick(page: Page, at: Locator, gapMs: number, after = async () => {}) {
  const { left, right, top, bottom } = await boxOf(at);
  await page.mouse.move((left + right) / 2, (top + bottom) / 2);
  const click = async () => {
    await page.mouse.down();
    await page.mouse.up();
  };
  await click();
  await after();
  // By the page's clock, which stands still meanwhile: a machine that is busy would make it longer.
  await page.clock.runFor(gapMs);
  await click();
}

const projects = ["first", "second", "third"];

/** An open list of three jobs that have all ended like this, with the keyboard's focus nowhere. */
async function openEnded(status: "succeeded" | "failed"): Promise<IndicatorPage> {
  const indicator = await open({ query: "retry", holdsTime: true });
  await indicator.say(...projects.map((projectId) => build(projectId, "running", { projectId })));
  await indicator.say(...projects.map((projectId) => build(projectId, status, { projectId })));
  await indicator.openList();
  // What has just come takes no click.
  await indicator.page.clock.runFor(650);
  return indicator;
}

describe.each([40, 100, 200, 350])("a double click with %i ms between", (gapMs) => {
  it("on Stop asks once, and leaves the record of a job that ends meanwhile", async () => {
    const { page, say, control, rows, openList } = await open({ holdsTime: true });
    await say(run("1", "running"), run("2", "running", { projectId: "docs" }));
    await openList();
    await page.clock.runFor(650);
    await doubleClick(page, control("Stop Server · shop"), gapMs, () => say(run("1", "stopped")));
    await page.waitForTimeout(100);
    expect(await page.evaluate(() => window.stopped)).toEqual(["run:1"]);
    await page.mouse.move(10, 700);
    expect(await rows("Recent").allInnerTexts()).toEqual([expect.stringMatching(/^Server · shop/)]);
    expect(await rows("Running").count()).toBe(1);
  });

  it("on a Stop that goes does not follow the link that is there then", async () => {
    const { page, say, control, rows, openList } = await open({ holdsTime: true });
    await say(run("1", "running"), run("2", "running", { projectId: "docs" }));
    await openList();
    await page.clock.runFor(650);
    await doubleClick(page, control("Stop Server · shop"), gapMs, () => say(run("1", "stopping")));
    await page.waitForTimeout(100);
    expect(new URL(page.url()).hash).toBe("");
    expect(await page.evaluate(() => window.stopped)).toEqual(["run:1"]);
    expect(await rows("Running").count()).toBe(2);
  });

  it.each(["succeeded", "failed"] as const)(
    "on Dismiss of a job that has %s takes away one row",
    async (status) => {
      const { page, control, rows } = await openEnded(status);
      await doubleClick(page, control("Dismiss Build · third"), gapMs);
      expect(await rows().count()).toBe(2);
      // Once the hand is done, the next one goes too.
      await page.clock.runFor(650);
      await control("Dismiss Build · second").click();
      await expect.poll(() => rows().count()).toBe(1);
    },
  );

  it("on Retry asks once, also if the new job begins meanwhile", async () => {
    const { page, control, say } = await openEnded("failed");
    await doubleClick(page, control("Retry Build · third"), gapMs, () =>
      say(build("again", "running", { projectId: "third" })),
    );
    await page.waitForTimeout(100);
    expect(await page.evaluate(() => window.retried)).toEqual(["build:third"]);
    expect(await page.evaluate(() => window.stopped)).toEqual([]);
  });
});

it("two quick taps on Stop ask once, and leave the record", async () => {
  const { page, say, control, rows, openList } = await open({
    isTouch: true,
    width: 360,
    holdsTime: true,
  });
  await say(run("1", "running"), run("2", "running", { projectId: "docs" }));
  await openList();
  await page.clock.runFor(650);
  const { left, right, top, bottom } = await boxOf(control("Stop Server · shop"));
  const tap = () => page.touchscreen.tap((left + right) / 2, (top + bottom) / 2);
  await tap();
  await say(run("1", "stopped"));
  await page.clock.runFor(100);
  await tap();
  expect(await page.evaluate(() => window.stopped)).toEqual(["run:1"]);
  expect(await rows("Recent").count()).toBe(1);
});

/** What may happen above a row while somebody is about to press its Stop. */
const changes: [string, (indicator: IndicatorPage) => Promise<unknown>][] = [
  ["a request begins", ({ request }) => request("Scanning")],
  ["a job begins", ({ say }) => say(build("new", "running", { projectId: "new" }))],
  ["a job ends well", ({ say }) => say(build("b", "succeeded", { projectId: "b" }))],
  [
    "a job fails, for a long reason",
    ({ say }) => say(build("b", "failed", { projectId: "b", error: "a reason ".repeat(40) })),
  ],
  [
    "a job begins to wait for somebody",
    ({ say }) => say(deploy("new", "review", { message: "Approve it." })),
  ],
  [
    "more jobs begin than there is room for",
    ({ say }) => say(...many(9, (n) => run(`m${n}`, "running"))),
  ],
  [
    "the connection is lost",
    async ({ connect, page }) => {
      await connect("lost");
      await page.clock.runFor(6_500);
    },
  ],
  [
    "one goes through all of it",
    ({ say }) =>
      say(
        build("q", "running", { projectId: "q" }),
        build("b", "failed", { projectId: "b", error: "no" }),
        run("c", "stopped", { projectId: "c" }),
      ),
  ],
];

const holds: [string, (page: Page, stop: Locator) => Promise<void>][] = [
  ["under the pointer", (_, stop) => stop.hover()],
  [
    "with the keyboard's focus",
    async (page, stop) => {
      await stop.focus();
      // So that it is the keyboard's.
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
    },
  ],
];

describe.each(holds)("a Stop %s stays where it is", (_, hold) => {
  it.each(changes)("when %s", async (__, change) => {
    const indicator = await open({ holdsTime: true });
    const { page, say, request, connect, control, openList } = indicator;
    await connect();
    await say(run("a", "running", { projectId: "a" }), run("c", "running", { projectId: "c" }));
    await say(build("b", "running", { projectId: "b" }));
    await say(build("q", "pending", { projectId: "q" }));
    await say(deploy("d", "review", { message: "Approve it." }));
    const end = await request("Syncing");
    await openList();
    const stops = [control("Stop Build · q"), control("Stop Server · a")];
    await inTurn(stops, async (stop) => {
      await hold(page, stop);
      const before = await boxOf(stop);
      await change(indicator);
      await end();
      await page.waitForTimeout(100);
      expect(await boxOf(stop)).toEqual(before);
    });
  });
});
