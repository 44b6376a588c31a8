import { describe, expect, it } from "vitest";
import { heldTime, setUpIndicator } from "../../support/indicator/setup.ts";
import { build } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();
const day = 24 * 3_600_000;

/** An open list at a held time, with a build that has been running for 42 s by the server's clock. */
async function openTicking(serverAhead: number | undefined, ageMs = 42_000) {
  const indicator = await open({ holdsTime: true });
  const { page, list, say, openList, setServerClock } = indicator;
  if (serverAhead !== undefined) await setServerClock(serverAhead);
  await say(build("1", "running", { startedAt: heldTime + (serverAhead ?? day) - ageMs }));
  await openList();
  const times = () => list.locator(".active-indicator-time").allInnerTexts();
  return { ...indicator, times, pass: (ms: number) => page.clock.runFor(ms) };
}

describe("the time that a job takes", () => {
  it("ticks each second", async () => {
    const { times, pass } = await openTicking(0);
    expect(await times()).toEqual(["0:42"]);
    await pass(1_000);
    expect(await times()).toEqual(["0:43"]);
    await pass(20_000);
    expect(await times()).toEqual(["1:03"]);
  });

  it("is counted anew from the start, so that ticks which did not come cost nothing", async () => {
    const { page, times } = await openTicking(0);
    // Each timer fires at most once, as in a computer that was asleep.
    await page.clock.fastForward(2 * 3_600_000);
    expect(await times()).toEqual(["2 h"]);
  });

  it("stands still while the tab is hidden, and is right at once when it is seen", async () => {
    const { times, pass, setVisible } = await openTicking(0);
    await setVisible(false);
    await pass(30_000);
    expect(await times()).toEqual(["0:42"]);
    await setVisible(true);
    expect(await times()).toEqual(["1:12"]);
    await pass(1_000);
    expect(await times()).toEqual(["1:13"]);
  });

  it.each([
    ["ahead", day],
    ["behind", -day],
  ])("is right where the server's clock is a day %s", async (_, ahead) => {
    const { times } = await openTicking(ahead);
    expect(await times()).toEqual(["0:42"]);
  });

  it("counts from when the job was first seen where the server's clock is not known", async () => {
    const { times, pass } = await openTicking(undefined);
    expect(await times()).toEqual(["0:00"]);
    await pass(5_000);
    expect(await times()).toEqual(["0:05"]);
  });

  it("is never negative", async () => {
    const { times } = await openTicking(0, -90_000);
    expect(await times()).toEqual(["0:00"]);
  });

  it("ticks in all rows at the same moment", async () => {
    const { times, pass, say } = await openTicking(0);
    await pass(500);
    await say(build("2", "running", { startedAt: heldTime - 7_000 }));
    await pass(400);
    expect(await times()).toEqual(["0:07", "0:42"]);
    await pass(100);
    expect(await times()).toEqual(["0:08", "0:43"]);
  });
});
