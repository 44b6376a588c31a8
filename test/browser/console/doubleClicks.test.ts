// What a double click does with a button that becomes another one under the pointer.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ConsoleVisit } from "../../support/console/page.ts";
import { serveConsole } from "../../support/console/setup.ts";
import { boxOf } from "../../support/indicator/page.ts";
import { observeRequests } from "../../support/pages/observeRequest.ts";

const running = serveConsole();

/** Clicks twice at one place, as a hand does that does not look at what comes there. */
async function clickTwice({ page, button }: ConsoleVisit, names: [string, string], ms: number) {
  const { left, top, right, bottom } = await boxOf(button(...names));
  const at = [(left + right) / 2, (top + bottom) / 2] as const;
  // By the page's clock, since a machine that is busy would have it take longer.
  const began = Date.now();
  await page.clock.setFixedTime(began);
  await page.mouse.click(...at);
  await sleep(ms);
  await page.clock.setFixedTime(began + ms);
  await page.mouse.click(...at);
}

describe.each([40, 100, 200, 350])("a double click with %i ms between", (ms) => {
  it("on Start server starts the server and does not stop it", async () => {
    const visit = await running.visit();
    const asked = observeRequests(visit.page);
    await clickTwice(visit, ["Start server", "Alpha"], ms);
    await visit.indicator.shows("Server running (alpha)");
    await sleep(700);
    expect(asked.filter((path) => path.endsWith("/stop"))).toEqual([]);
    expect(await visit.button("Stop server", "Alpha").count()).toBe(1);
  });

  it("on Build queues one build", async () => {
    const visit = await running.visit();
    const asked = observeRequests(visit.page);
    await clickTwice(visit, ["Build", "Quick"], ms);
    await visit.indicator.hasShown("Building (quick)");
    await sleep(700);
    expect(asked.filter((path) => path.endsWith("/build"))).toHaveLength(1);
  });
});

it("a click on Stop server after a while stops the server", async () => {
  const { button, indicator } = await running.visit();
  await button("Start server", "Alpha").click();
  await indicator.shows("Server running (alpha)");
  await sleep(800);
  await button("Stop server", "Alpha").click();
  await indicator.shows("Idle");
  expect(await button("Start server", "Alpha").count()).toBe(1);
});
