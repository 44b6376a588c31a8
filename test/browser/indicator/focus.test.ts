// Whoever works with the keyboard stays in the list when what has the focus goes away.
import { expect, it } from "vitest";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { build, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

/** An open list with two servers and three builds that have ended well. */
async function openFull() {
  const indicator = await open();
  const { say } = indicator;
  await say(run("1", "running", { projectId: "docs" }), run("2", "running", { projectId: "api" }));
  const ended = ["first", "second", "third"];
  await say(...ended.map((projectId) => build(projectId, "running", { projectId })));
  await say(...ended.map((projectId) => build(projectId, "succeeded", { projectId })));
  await indicator.chip.focus();
  await indicator.page.keyboard.press("Enter");
  await indicator.list.waitFor();
  return indicator;
}

it("after Dismiss it is on the row that took the place of the one that went", async () => {
  const { page, control, focused } = await openFull();
  await control("Dismiss Build · second").focus();
  await page.keyboard.press("Enter");
  expect(await focused()).toMatch(/^Build · first/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Dismiss Build · first");
});

it("after Dismiss of the last row it is on the one before", async () => {
  const { page, control, focused } = await openFull();
  await control("Dismiss Build · first").focus();
  await page.keyboard.press("Enter");
  expect(await focused()).toMatch(/^Build · second/);
});

it("after Clear it is in the list, and Esc still gives it back to the chip", async () => {
  const { page, list, control, focused } = await openFull();
  await control("Clear").focus();
  await page.keyboard.press("Enter");
  expect(await focused()).toMatch(/^Server · docs/);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  expect(await focused()).toBe("the chip");
});

it("when the last row goes it is on the list, and Esc still gives it back to the chip", async () => {
  const { page, chip, list, say, control, focused } = await open();
  await say(build("1", "running"));
  await say(build("1", "failed"));
  await chip.focus();
  await page.keyboard.press("Enter");
  await control("Dismiss Build · shop").focus();
  await page.keyboard.press("Enter");
  expect(await focused()).toBe("Activity");
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  expect(await focused()).toBe("the chip");
});

it("on the link of a job that ends it stays, and its row keeps its place", async () => {
  const { page, rows, rowTexts, say, control, focused } = await openFull();
  await page.keyboard.press("Tab");
  await control("Server · api").focus();
  await say(run("2", "stopped", { projectId: "api" }));
  expect(await focused()).toBe("Server · api");
  expect((await rowTexts("Running"))[0]).toMatch(/^Server · api stopped/);
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => rows("Recent").first().innerText()).toMatch(/^Server · api/);
});

it("on a Stop that goes it is on the row, where a key still held down presses nothing", async () => {
  const { page, say, control, focused } = await openFull();
  await control("Stop Server · api").focus();
  await page.keyboard.down("Enter");
  await say(run("2", "stopping", { projectId: "api" }));
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  expect(await focused()).toMatch(/^Server · api stopping/);
  await say(run("2", "stopped", { projectId: "api" }));
  expect(await focused()).toMatch(/^Server · api stopped/);
  expect(await page.evaluate(() => window.stopped)).toEqual(["run:2"]);
});

it("stays where it is while other rows come and go", async () => {
  const { say, control, focused } = await openFull();
  await control("Stop Server · docs").focus();
  await say(build("4", "running"), run("2", "stopped", { projectId: "api" }));
  expect(await focused()).toBe("Stop Server · docs");
});

it("is not taken from somebody who has gone elsewhere", async () => {
  const { page, say, control, focused } = await openFull();
  await control("Stop Server · api").focus();
  await page.getByRole("button", { name: "Before" }).focus();
  await say(run("2", "stopped", { projectId: "api" }));
  expect(await focused()).toBe("Before");
});
