import { describe, expect, it } from "vitest";
import { heldTime, setUpIndicator } from "../../support/indicator/setup.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const took = (seconds: number) => ({
  startedAt: heldTime - seconds * 1_000,
  finishedAt: heldTime,
});

/** So that no two are the same job. */
const named = (n: number) => ({ projectId: `shop-${n}` });

describe("a job that ends", () => {
  it("stays under Recent with its outcome and its duration, a failure where it is needed", async () => {
    const { say, rowTexts, openList } = await open({ holdsTime: true });
    await say(build("1", "running"), build("2", "running"), run("3", "running"));
    await say(build("1", "succeeded", took(64)));
    await say(build("2", "failed", { ...took(31), error: "tsc exited with 2" }));
    await say(run("3", "stopped", took(7_807)));
    await openList();
    expect(await rowTexts("Needs you")).toEqual(["Build · shop failed just now tsc exited with 2"]);
    expect(await rowTexts("Recent")).toEqual([
      "Server · shop stopped after 2 h 10 min just now",
      "Build · shop in 1:04 just now",
    ]);
  });

  it("is among the last twenty", async () => {
    const { list, say, rows, openList } = await open();
    await say(...many(30, (n) => build(`${n}`, "running", named(n))));
    await say(...many(30, (n) => build(`${n}`, "succeeded", named(n))));
    await openList();
    await list.getByText("15 more").click();
    expect(await rows("Recent").count()).toBe(20);
  });

  it("is no news if it had ended before this browser looked", async () => {
    const { page, chip, list, openList } = await open();
    const history = [build("1", "failed"), build("2", "succeeded")];
    await page.evaluate(
      (builds) => window.indicatorDrive().applyJobSnapshot("build", builds),
      history,
    );
    expect(await chip.innerText()).toBe("Idle");
    await openList();
    expect(await list.innerText()).toContain("Nothing is running");
  });
});

describe("the sign for failures", () => {
  it("stands beside the label, idle or busy, with their number", async () => {
    const { chip, say } = await open();
    await say(build("1", "running"), build("2", "running"), build("3", "running"));
    await say(build("1", "failed"));
    expect(await chip.innerText()).toMatch(/^Building \(shop\)\s+\+1\s+1 failed$/);
    await say(build("2", "failed"), build("3", "failed"));
    await expect.poll(() => chip.innerText()).toMatch(/^Idle\s+3 failed$/);
  });

  it("goes once its row has been in view for a second, and not before", async () => {
    const { page, chip, say, openList } = await open({ holdsTime: true });
    await say(build("1", "running"), build("1", "failed"));
    await page.clock.fastForward("01:00:00");
    expect(await chip.innerText()).toMatch(/^Idle\s+1 failed$/);
    await openList();
    expect(await chip.innerText()).toMatch(/^Idle\s+1 failed$/);
    await page.clock.runFor(1_100);
    await expect.poll(() => chip.innerText()).toBe("Idle");
  });

  it("stays while its row is below what is in view", async () => {
    const { page, chip, list, say, openList } = await open({ height: 400 });
    await say(...many(12, (n) => build(`${n}`, "running", named(n))));
    await say(...many(12, (n) => build(`${n}`, "failed", named(n))));
    await openList();
    await list.getByText("7 more").click();
    await expect.poll(() => chip.innerText()).toMatch(/^Idle\s+[1-9] failed$/);
    await page.waitForTimeout(1_500);
    expect(await chip.innerText()).toMatch(/failed$/);
    await list.locator(".active-indicator-rows").evaluate((rows) => rows.scrollTo(0, 9_999));
    await expect.poll(() => chip.innerText()).toBe("Idle");
  });

  it("goes when another tab says that somebody has looked at it, or has put it away", async () => {
    const { page, chip, say } = await open();
    await say(build("1", "running"), build("2", "running"));
    await say(build("1", "failed"), build("2", "failed"));
    await expect.poll(() => chip.innerText()).toMatch(/^Idle\s+2 failed$/);
    await page.evaluate(() =>
      window.indicatorStore.getState().setReadState(["build:1"], "dismissed"),
    );
    expect(await chip.innerText()).toMatch(/^Idle\s+1 failed$/);
    await page.evaluate(() => window.indicatorStore.getState().setReadState(["build:2"], "read"));
    expect(await chip.innerText()).toBe("Idle");
  });

  it("goes for what fails in an open list, too", async () => {
    const { chip, say, openList } = await open();
    await openList();
    await say(build("1", "running"), run("2", "running"));
    await say(build("1", "failed"));
    await expect.poll(() => chip.innerText()).toBe("Server running (shop)");
  });

  it("comes where the list was open in a tab that nobody sees, until it is seen", async () => {
    const { chip, say, openList, setVisible } = await open();
    await openList();
    await setVisible(false);
    await say(build("1", "running"), run("2", "running"));
    await say(build("1", "failed"));
    expect(await chip.innerText()).toMatch(/1 failed$/);
    await setVisible(true);
    await expect.poll(() => chip.innerText()).toBe("Server running (shop)");
  });
});

describe("what has ended is put away", () => {
  it("one by one with Dismiss", async () => {
    const { page, say, rowTexts, control, openList } = await open();
    await say(build("1", "running"), build("2", "running", { projectId: "docs" }));
    await say(build("1", "failed"), build("2", "succeeded", { projectId: "docs" }));
    await openList();
    await control("Dismiss Build · shop").click();
    expect(await rowTexts()).toEqual([expect.stringMatching(/^Build · docs in/)]);
    const attention = await page.evaluate(
      () => window.indicatorStore.getState().endedJobs["build:1"]?.readState,
    );
    expect(attention).toBe("dismissed");
  });

  it("all at once with Clear, which touches nothing that is going on", async () => {
    const { say, request, rowTexts, rows, control, openList } = await open();
    await say(
      run("1", "running"),
      build("2", "pending"),
      ...many(60, (n) => build(`e${n}`, "running")),
    );
    // More than are listed, of both.
    await say(...many(60, (n) => build(`e${n}`, n % 2 ? "succeeded" : "failed")));
    await request("Scanning assets");
    await openList();
    await control("Clear").click();
    expect(await rows("Recent").count()).toBe(0);
    const names = (await rowTexts()).map((text) => text.replace(/ (\d|failed).*/, ""));
    expect(names).toEqual(["Scanning assets", "Server · shop", "Build · shop next"]);
  });
});
