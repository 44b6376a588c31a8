import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import { boxOf, type IndicatorPage } from "../../support/indicator/page.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, deploy, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const projectId = "a-project-with-a-name-that-is-much-longer-than-any-header-has-room-for";

/** Every label that the chip shows from now on, those within one task included. */
async function recordLabels({ page, label }: IndicatorPage): Promise<() => Promise<string[]>> {
  const record = await label.evaluateHandle((element) => {
    const labels = [element.textContent];
    const note = (text: string | null) => text !== labels.at(-1) && labels.push(text ?? "");
    new MutationObserver((mutations) => {
      for (const { oldValue } of mutations) note(oldValue);
      note(element.textContent);
    }).observe(element, { subtree: true, characterData: true, characterDataOldValue: true });
    return labels;
  });
  return () => page.evaluate((labels) => labels, record);
}

describe("the return to Idle", () => {
  it("waits for 300 ms", async () => {
    const { page, label, say } = await open({ holdsTime: true });
    await say(run("1", "stopping"));
    await say(run("1", "stopped"));
    await page.clock.runFor(299);
    expect(await label.innerText()).toBe("Stopping server…");
    await page.clock.runFor(1);
    expect(await label.innerText()).toBe("Idle");
  });

  it("is not seen for an instant where the next job starts meanwhile", async () => {
    const indicator = await open({ holdsTime: true });
    const { page, request, say } = indicator;
    const labels = await recordLabels(indicator);
    const end = await request("Triggering build");
    await end();
    await page.clock.runFor(250);
    await say(build("1", "pending"));
    await say(build("1", "succeeded"));
    await page.clock.runFor(250);
    await say(build("2", "running"));
    await page.clock.runFor(1_000);
    expect(await labels()).toEqual([
      "Idle",
      "Triggering build",
      "Build queued…",
      "Building (shop)",
    ]);
  });
});

/** What the chip shows in each frame from now on, without repetitions. */
interface Frames {
  all: () => Promise<string[]>;
  /** Waits for a frame that shows this: a text may be in the page before any frame has it. */
  until: (text: string) => Promise<unknown>;
}

async function recordFrames({ page, chip }: IndicatorPage): Promise<Frames> {
  const record = await chip.evaluateHandle((element) => {
    const frames: string[] = [];
    const look = () => {
      const text = (element.textContent ?? "").replaceAll(/\s+/g, " ");
      if (text !== frames.at(-1)) frames.push(text);
      requestAnimationFrame(look);
    };
    look();
    return frames;
  });
  return {
    all: () => page.evaluate((frames) => frames, record),
    until: (text) =>
      page.waitForFunction(([frames, last]) => frames.at(-1) === last, [record, text] as const),
  };
}

describe("in no frame", () => {
  it("a build that fails shows as going on beside its failure", async () => {
    const indicator = await open();
    const frames = await recordFrames(indicator);
    await indicator.say(build("1", "running"));
    await frames.until("Building (shop)");
    await indicator.say(build("1", "failed"));
    await frames.until("Idle 1 failed");
    expect(await frames.all()).toEqual(["Idle", "Building (shop)", "Idle 1 failed"]);
  });

  it("a start or a stop counts as two, whatever comes first and however long it takes", async () => {
    const indicator = await open();
    const { page, say } = indicator;
    const frames = await recordFrames(indicator);
    const settleStart = await beginRequest(indicator, "Starting server • shop", "new");
    await frames.until("Starting server • shop");
    await say(run("1", "pending"));
    await frames.until("Starting server…");
    await say(run("1", "running"));
    await settleStart();
    await frames.until("Server running (shop)");
    const settleStop = await beginRequest(indicator, "Stopping server • shop", "run:1");
    await frames.until("Stopping server • shop");
    await say(run("1", "stopped"));
    await page.waitForTimeout(1_000);
    await settleStop();
    await frames.until("Idle");
    expect(await frames.all()).toEqual([
      "Idle",
      "Starting server • shop",
      "Starting server…",
      "Server running (shop)",
      "Stopping server • shop",
      "Idle",
    ]);
  });
});

/** Runs in the page: how the chip looks, and how large its word is. */
function readLook() {
  const chip = document.querySelector(".active-indicator-chip");
  const label = document.querySelector(".active-indicator-label");
  if (!chip || !label) throw new Error("There is no chip.");
  const { backgroundColor, color } = getComputedStyle(chip);
  const { width, height } = chip.getBoundingClientRect();
  return { backgroundColor, color, width, height, word: getComputedStyle(label).fontSize };
}

/** Begins a request about a job; what it resolves to ends it. */
async function beginRequest(
  { page }: IndicatorPage,
  text: string,
  about: "new" | `run:${string}`,
): Promise<() => Promise<void>> {
  const key = await page.evaluate(
    ([label, job]) => window.indicatorStore.getState().registerRequestAction(label, job).key,
    [text, about] as const,
  );
  return () =>
    page.evaluate((over) => window.indicatorStore.getState().completeRequestAction(over), key);
}

describe("before the first answer", () => {
  it("the chip is as gray and as wide as an idle one, until its word comes after 300 ms", async () => {
    const { page, chip, label, connect } = await open();
    const idle = await page.evaluate(readLook);
    // In the first frame that has it, however slow the machine is.
    const first = await page.evaluate(`(async () => {
      const { setConnectionStatus } = window.indicatorDrive();
      for (const source of ["runs", "builds"]) setConnectionStatus(source, "connecting");
      await new Promise(requestAnimationFrame);
      return (${readLook.toString()})();
    })()`);
    expect(first).toEqual({ ...idle, word: "0px" });
    expect(await label.innerText()).toBe("Checking…");
    await page.waitForFunction(() => document.getAnimations().length === 0);
    const later = await page.evaluate(readLook);
    expect(later).toEqual({ ...idle, width: later.width });
    expect(await isCut(label)).toBe(false);
    await connect("live");
    expect(await page.evaluate(readLook)).toEqual(idle);
    expect(await chip.innerText()).toBe("Idle");
  });
});

it("a click is acknowledged by the next frame", async () => {
  const { page } = await open();
  const shown = await page.evaluate(async () => {
    window.indicatorStore.getState().registerRequestAction("Triggering build");
    await new Promise(requestAnimationFrame);
    return document.querySelector(".active-indicator-label")?.textContent;
  });
  expect(shown).toBe("Triggering build");
});

describe("the width of the chip", () => {
  const labels: Job[][] = [
    [build("1", "pending")],
    [build("1", "running")],
    [build("1", "running", { projectId })],
    [run("2", "pending")],
    [run("2", "running")],
    [run("2", "stopping")],
    many(12, (n) => run(`more-${n}`, "running", { projectId })),
    [build("1", "failed")],
  ];

  it("is within bounds for every label and badge, and its end edge stays", async () => {
    const { chip, say, request } = await open();
    await request("Syncing");
    const boxes = [await boxAtRest(chip)];
    await inTurn(labels, async (jobs) => {
      await say(...jobs);
      boxes.push(await boxAtRest(chip));
    });
    expect(boxes).toHaveLength(9);
    for (const { width } of boxes) {
      expect(width).toBeGreaterThanOrEqual(13 * 16);
      expect(width).toBeLessThanOrEqual(22 * 16);
    }
    expect(new Set(boxes.map(({ right }) => right)).size).toBe(1);
  });

  it("is the same in digits that tick over", async () => {
    const { chip, say } = await open({ width: 360 });
    const badge = chip.locator(".active-indicator-badge");
    await say(...many(12, (n) => run(`${n}`, "running")));
    const before = await widthOf(badge);
    await say(...many(8, (n) => run(`more-${n}`, "running")));
    expect(await badge.innerText()).toBe("+19");
    expect(await widthOf(badge)).toBe(before);
  });
});

it("is never wider than its host gives it", async () => {
  const { page, chip, say } = await open();
  await page.addStyleTag({ content: "header { --active-indicator-width: 10rem }" });
  await say(build("1", "running", { projectId }));
  expect((await boxAtRest(chip)).width).toBe(160);
});

it("with three badges it holds all of them at 320 px, and lies over nothing", async () => {
  const { page, chip, say } = await open({ width: 320 });
  await say(deploy("1", "review"), build("2", "running"), build("3", "running"));
  await say(build("2", "failed"));
  const waiting = await boxOf(chip.getByText("1 waiting"));
  const failed = await boxOf(chip.getByText("1 failed"));
  const { right } = await boxOf(chip);
  expect(waiting.right).toBeLessThanOrEqual(failed.left);
  expect(failed.right).toBeLessThanOrEqual(right);
  expect(right).toBeLessThanOrEqual((await boxOf(page.getByText("After"))).left);
});

describe("a long project name", () => {
  it("ends in an ellipsis, with the whole of it on the row of the list", async () => {
    const { label, rows, say, openList } = await open();
    await say(build("1", "running", { projectId }));
    expect(await isCut(label)).toBe(true);
    expect(await label.evaluate((element) => getComputedStyle(element).textOverflow)).toBe(
      "ellipsis",
    );
    await openList();
    const title = rows().getByRole("link");
    expect(await title.innerText()).toBe(`Build · ${projectId}`);
    expect(await title.locator("xpath=ancestor::bdi").getAttribute("title")).toBe(
      `Build · ${projectId}`,
    );
  });
});

describe("in a header of 360 px", () => {
  it("the label gives way, and neither badge nor signs do", async () => {
    const { page, chip, label, say, connect } = await open({ holdsTime: true });
    await connect("lost");
    await say(...many(13, (n) => build(`${n}`, "running", { projectId })));
    await say(build("0", "failed"));
    await page.clock.runFor(10_000);
    const signs = [".active-indicator-badge", ".active-indicator-failed", ".active-indicator-sign"];
    const widths = () => inTurn(signs, (sign) => widthOf(chip.locator(sign)));
    const [wide, wideLabel] = [await widths(), await widthOf(label)];
    expect(await chip.innerText()).toMatch(/last known\s+\+11\s+1 failed$/);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await widths()).toEqual(wide);
    expect(await widthOf(label)).toBeLessThan(wideLabel);
    expect(await isCut(label)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await isCut(chip)).toBe(false);
  });
});

/** Where it is once its width has come to rest. */
async function boxAtRest(element: Locator) {
  await element.evaluate((chip) =>
    Promise.all(chip.getAnimations().map((animation) => animation.finished)),
  );
  return boxOf(element);
}

async function widthOf(element: Locator): Promise<number> {
  return (await boxOf(element)).width;
}

/** Whether it holds more than it has room for. */
function isCut(element: Locator): Promise<boolean> {
  return element.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}
