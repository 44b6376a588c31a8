import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/wire.ts";
import { boxOf, type IndicatorPage } from "../support/indicatorPage.ts";
import { setUpIndicator } from "../support/indicatorSetup.ts";
import { inTurn } from "../support/indicatorTurns.ts";
import { build, many, run } from "../support/jobs.ts";

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

  it("is the same for every label and badge while something is going on", async () => {
    const { chip, say, request } = await open();
    await request("Syncing");
    const widths = [await widthOf(chip)];
    await inTurn(labels, async (jobs) => {
      await say(...jobs);
      widths.push(await widthOf(chip));
    });
    expect(widths).toHaveLength(9);
    expect(new Set(widths).size).toBe(1);
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

describe("a long project name", () => {
  it("ends in an ellipsis, with the whole of it in the list", async () => {
    const { label, rows, say, openList } = await open();
    await say(build("1", "running", { projectId }));
    expect(await isCut(label)).toBe(true);
    expect(await label.evaluate((element) => getComputedStyle(element).textOverflow)).toBe(
      "ellipsis",
    );
    await openList();
    const title = rows().getByRole("link");
    expect(await title.innerText()).toBe(`Build · ${projectId}`);
    expect(await isCut(title.locator(".."))).toBe(false);
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

async function widthOf(element: Locator): Promise<number> {
  return (await boxOf(element)).width;
}

/** Whether it holds more than it has room for. */
function isCut(element: Locator): Promise<boolean> {
  return element.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
}
