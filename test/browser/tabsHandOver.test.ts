import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../support/consoleWaiting.ts";
import { serveTabs } from "../support/tabsConsole.ts";
import { formatHandOvers, type HandOverFigures } from "../support/tabsFigures.ts";
import { handOver } from "../support/tabsHandOver.ts";
import type { ConsoleTab } from "../support/tabsPage.ts";

const served = serveTabs();
const figures: HandOverFigures[] = [];
const others: ConsoleTab[] = [];

// They stay for all tests: what their headers have said is looked at in each.
beforeAll(async () => void others.push(await served.open(), await served.open()));
afterAll(() => console.log(`\n${formatHandOvers(figures)}\n`));

/** Another tab, which is in front and leads. */
async function openLeader(): Promise<ConsoleTab> {
  const leader = await served.open();
  await until(() => leader.leads(), "the tab in front leads");
  return leader;
}

async function expectStreams(count: number): Promise<void> {
  const isSo = async () => (await served.client.counters()).openStreams === count;
  await until(isSo, `${count} streams are open`);
}

function crash({ page, cdp }: ConsoleTab): Promise<unknown> {
  const crashed = page.waitForEvent("crash");
  // Nobody is left to answer it.
  cdp.send("Page.crash").catch(() => {});
  return crashed;
}

async function navigateAway({ page }: ConsoleTab): Promise<void> {
  // Such a listener keeps a page out of the back/forward cache.
  await page.evaluate(() => window.addEventListener("unload", () => {}));
  await page.goto("about:blank");
}

const ways: [how: string, go: (leader: ConsoleTab) => Promise<unknown>][] = [
  ["closed", ({ page }) => page.close()],
  ["crashed", crash],
  ["navigated away", navigateAway],
  ["reloaded", ({ page }) => page.reload({ waitUntil: "commit" })],
];

describe("another tab leads, all headers become right, and none is Idle on the way", () => {
  it.each(ways)("when the leader is %s", async (how, go) => {
    const leader = await openLeader();
    figures.push(await handOver(served, { leader: how, others, act: () => go(leader) }));
    await expectStreams(1);
    await leader.page.close();
  });

  it("when the leader goes into the back/forward cache, and when it comes back", async () => {
    const leader = await openLeader();
    const { page } = leader;
    const cache = () => page.goto("about:blank");
    figures.push(await handOver(served, { leader: "cached", others, act: cache }));

    const restore = () => page.evaluate(() => void setTimeout(() => history.back(), 0));
    const all = [...others, leader];
    figures.push(await handOver(served, { leader: "cached, restored", others: all, act: restore }));
    expect(await leader.lastEvent("restored")).toBeDefined();
    await until(() => leader.leads(), "the tab in front leads");
    await expectStreams(1);
    await page.close();
  });
});

it("signing out in one tab signs out all of them, and leaves no stream", async () => {
  const leader = await openLeader();
  const goneAt = Date.now();
  await leader.page.getByRole("button", { name: "Sign out" }).click();
  const isSignedOut = ({ page }: ConsoleTab) =>
    until(() => page.getByLabel("Your name").isVisible(), "the tab is signed out");
  await Promise.all([leader, ...others].map(isSignedOut));
  figures.push({ leader: "signed out (so are all)", rightMs: Date.now() - goneAt });
  for (const { page } of others)
    expect(await page.getByRole("alert").textContent()).toContain("Your session has ended");
  await expectStreams(0);
});
