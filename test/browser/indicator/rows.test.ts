import { describe, expect, it } from "vitest";
import { ago, openBusy } from "../../support/indicator/busy.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

describe("a row", () => {
  it("says kind, project, status and time, in the section of its pace, latest first", async () => {
    const { request, rowTexts, openList } = await openBusy(open);
    await request("Scanning assets");
    await openList();
    expect(await rowTexts("Running")).toEqual([
      "Scanning assets 0:00",
      "Build · shop 0:42 Stop",
      "Server · docs 2 h 10 min Stop",
    ]);
    expect(await rowTexts("Queued")).toEqual(["Build · docs next 0:12 Stop"]);
    expect(await rowTexts("Needs you")).toEqual(["Build · shop failed just now tsc exited with 2"]);
  });

  it("of a running server is quiet: nothing turns in it, as it does in a build's", async () => {
    const { rows, openList } = await openBusy(open, { reducedMotion: "no-preference" });
    await openList();
    const motions = (text: string) =>
      rows("Running")
        .filter({ hasText: text })
        .evaluate((row) => row.getAnimations({ subtree: true }).length);
    expect(await motions("Build")).toBe(1);
    expect(await motions("Server")).toBe(0);
  });

  it("leads to the page that the host gives for its job, ended ones too", async () => {
    const { page, control, rows, openList } = await openBusy(open);
    await openList();
    await control("Server · docs").click();
    expect(new URL(page.url()).hash).toBe("#run-1");
    expect(await rows("Needs you").getByRole("link").getAttribute("href")).toBe("#build-3");
  });

  it("has neither link nor Stop where the host gives none", async () => {
    const { list, rowTexts, openList } = await openBusy(open, { query: "plain" });
    await openList();
    expect(await list.getByRole("link").count()).toBe(0);
    expect(await rowTexts("Queued")).toEqual(["Build · docs next 0:12"]);
  });
});

describe("Stop", () => {
  it("calls the host once with the job, and goes when that is stopping", async () => {
    const { page, control, rowTexts, say, openList } = await openBusy(open);
    await openList();
    await control("Stop Server · docs").click();
    expect(await page.evaluate(() => window.stopped)).toEqual(["run:1"]);
    await say(run("1", "stopping", { ...ago(7_807), projectId: "docs" }));
    await page.mouse.move(10, 700);
    await expect
      .poll(async () => (await rowTexts("Running"))[0])
      .toBe("Server · docs stopping 2 h 10 min");
  });

  it("says in the row why it failed, until it is pressed again", async () => {
    const { page, control, rows, openList } = await openBusy(open);
    await openList();
    await page.evaluate(() => (window.stopFailure = "HTTP 409"));
    await control("Stop Server · docs").click();
    await rows().getByText("Could not stop: HTTP 409").waitFor();
    expect(await rows().getByText("Could not stop").count()).toBe(1);
    await page.evaluate(() => delete window.stopFailure);
    await page.clock.runFor(600);
    await control("Stop Server · docs").click();
    await rows().getByText("Could not stop").waitFor({ state: "detached" });
  });
});
