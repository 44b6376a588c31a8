// What a screen reader gets of the indicator, in a real accessibility tree.
import { expect, it } from "vitest";
import type { IndicatorPage } from "../../support/indicator/page.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { build, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

/** Every text that the page's live regions hold from now on, those of an instant included. */
async function recordHeard({ page }: IndicatorPage): Promise<() => Promise<string[]>> {
  const record = await page.evaluateHandle(() => {
    const texts: string[] = [];
    new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[role="status"], [role="alert"], [aria-live]');
        const text = region?.textContent?.trim();
        if (text && text !== texts.at(-1)) texts.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  return () => page.evaluate((texts) => texts, record);
}

/** A page that has long been live, at a held time. */
async function openLive() {
  const indicator = await open({ holdsTime: true });
  await indicator.connect();
  await indicator.page.clock.runFor(3_000);
  return { ...indicator, heard: await recordHeard(indicator), pass: runFor(indicator) };
}

/** Lets time pass by the second, so that the page can show what each one brings. */
function runFor({ page }: IndicatorPage) {
  return async (ms: number) => {
    for (let left = ms; left > 0; left -= 1_000) {
      // oxlint-disable-next-line no-await-in-loop -- one second after the other is the point
      await page.clock.runFor(Math.min(left, 1_000));
    }
  };
}

it("starts, ends, failures and a lasting loss are heard, each once, gathered over 2 s", async () => {
  const { say, connect, heard, pass } = await openLive();
  await say(build("1", "pending"));
  await pass(1_000);
  await say(build("1", "running"), run("2", "running"));
  await pass(1_000);
  await pass(15_000);
  await say(build("1", "failed", { error: "tsc exited with 2" }));
  await pass(15_000);
  await connect("lost");
  await pass(4_000);
  expect(await heard()).toEqual([
    "Build · shop started. Server · shop started.",
    "Build · shop failed.",
  ]);
  await pass(10_000);
  await connect("live");
  await pass(10_000);
  expect((await heard()).slice(2)).toEqual([
    "Connection lost. What is shown is last known.",
    "Connection restored.",
  ]);
});

it("a build that is asked for right after the first answer is heard to have started", async () => {
  const indicator = await open({ holdsTime: true });
  const { connect, say } = indicator;
  const [heard, pass] = [await recordHeard(indicator), runFor(indicator)];
  await connect("connecting");
  await pass(1_000);
  await connect("live");
  await say(build("1", "running"));
  await pass(4_000);
  expect(await heard()).toEqual(["Build · shop started."]);
});

it("a stop that takes longer than its server is heard as one story", async () => {
  const { page, say, heard, pass } = await openLive();
  await say(run("1", "running"));
  await pass(4_000);
  const key = await page.evaluate(
    () =>
      window.indicatorStore.getState().registerRequestAction("Stopping server • shop", "run:1").key,
  );
  await say(run("1", "stopped"));
  await pass(4_000);
  await page.evaluate((over) => {
    window.indicatorStore.getState().completeRequestAction(over);
  }, key);
  await pass(4_000);
  expect(await heard()).toEqual(["Server · shop started.", "Server · shop stopped."]);
});

it("that nothing is known yet is heard where it lasts", async () => {
  const indicator = await open({ holdsTime: true });
  const [heard, pass] = [await recordHeard(indicator), runFor(indicator)];
  await indicator.connect("connecting");
  await pass(10_000);
  expect(await heard()).toEqual(["Not known yet what is running."]);
});

it("a Stop that fails is heard, with the list closed", async () => {
  const { page, say, control, openList, list, heard, pass } = await openLive();
  await say(run("1", "running"));
  await pass(3_000);
  await openList();
  await page.evaluate(() => (window.stopFailure = "HTTP 409"));
  await control("Stop Server · shop").click();
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  await pass(3_000);
  expect((await heard()).at(-1)).toBe("Server · shop: Could not stop: HTTP 409.");
});

it("the region is one, is not seen, and is apart from the chip and from the times that tick", async () => {
  const { page, chip, list, say, openList, heard, pass } = await openLive();
  await say(build("1", "running"));
  await openList();
  await pass(30_000);
  expect(await heard()).toEqual(["Build · shop started."]);
  const region = page.locator(".active-indicator-announcements");
  expect(await region.count()).toBe(1);
  expect(await region.boundingBox()).toMatchObject({ width: 1, height: 1 });
  const isApart = await region.evaluate((element) => !element.closest("button, [popover]"));
  expect(isApart).toBe(true);
  expect(await list.locator("[aria-live], [role='status'], [role='alert']").count()).toBe(0);
  expect(await chip.getAttribute("aria-live")).toBeNull();
});

it("the browser's tree has a button that opens a dialog of named groups and rows", async () => {
  const { page, say, openList } = await openLive();
  await say(run("1", "running"), build("2", "running"), build("2", "failed"));
  await openList();
  await page.clock.runFor(1_000);
  expect(await page.locator(".active-indicator").ariaSnapshot()).toMatchInlineSnapshot(`
    "- button "Server running (shop)"
    - dialog "Activity":
      - heading "Activity" [level=2]
      - group "Needs you":
        - heading "Needs you" [level=3]
        - list:
          - listitem "Build · shop failed, after 0 s, just now":
            - link "Build · shop":
              - /url: "#build-2"
            - text: failed, after 0 s, just now
            - button "Dismiss Build · shop"
      - group "Running":
        - heading "Running" [level=3]
        - text: "1"
        - list:
          - listitem "Server · shop running, for 1 s":
            - link "Server · shop":
              - /url: "#run-1"
            - text: running, for 1 s
            - button "Stop Server · shop": Stop"
  `);
});
