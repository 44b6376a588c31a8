import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../support/console/waiting.ts";
import { serveTabs } from "../../support/tabs/console.ts";
import { formatHandOvers, type HandOverFigures } from "../../support/tabs/figures.ts";
import { handOver } from "../../support/tabs/handOver.ts";
import type { ConsoleTab } from "../../support/tabs/page.ts";

const served = serveTabs();
const figures: HandOverFigures[] = [];
const others: ConsoleTab[] = [];

/** What a hand-over may take if the machine has much else to do; silence is noticed after 15 s. */
const atMostMs = 5_000;

// They stay for all tests: what their headers have said is looked at in each.
beforeAll(async () => void others.push(await served.open(), await served.open()));
afterAll(() => console.log(`\n${formatHandOvers(figures)}\n`));

/** Another tab, which is in front and leads. */
async function openLeader(): Promise<ConsoleTab> {
  const leader = await served.open();
  await until(() => leader.leads(), "the tab in front leads");
  return leader;
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

function untilSignedOut({ page }: ConsoleTab): Promise<void> {
  return until(() => page.getByLabel("Your name").isVisible(), "the tab is signed out");
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
    // A page that is reloaded is in view: it may be back before the one that led had its stream.
    const heirs = how === "reloaded" ? [...others, leader] : others;
    const figure = await handOver(served, { leader: how, others, heirs, act: () => go(leader) });
    figures.push(figure);
    expect(figure.leadsMs).toBeLessThan(atMostMs);
    expect(figure.rightMs).toBeLessThan(atMostMs);
    await served.untilStreams(1);
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
    expect(await leader.events()).toEqual(["freeze", "restored"]);
    await until(() => leader.leads(), "the tab in front leads");
    await served.untilStreams(1);
    await page.close();
  });
});

it("signing out in one tab signs out all of them, and leaves no stream", async () => {
  const leader = await openLeader();
  const goneAt = Date.now();
  await leader.page.getByRole("button", { name: "Sign out" }).click();
  await Promise.all([leader, ...others].map(untilSignedOut));
  figures.push({ leader: "signed out (so are all)", rightMs: Date.now() - goneAt });
  const notices = others.map(({ page }) => page.getByRole("alert").textContent());
  for (const notice of await Promise.all(notices))
    expect(notice).toContain("Your session has ended");
  await served.untilStreams(0);
});
