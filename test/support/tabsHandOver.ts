import { expect } from "vitest";
import { until } from "./consoleWaiting.ts";
import { steadyLabel, type TabsConsole } from "./tabsConsole.ts";
import type { HandOverFigures } from "./tabsFigures.ts";
import type { ConsoleTab } from "./tabsPage.ts";

/** What happens to the leader, and who is left. */
export interface HandOver {
  leader: string;
  /** The tabs whose headers must be right after it. */
  others: readonly ConsoleTab[];
  /** Does it. */
  act: () => Promise<unknown>;
}

const change = "Server running (beta)";

/**
 * Has the leader go, has a server start at that moment, and waits until another tab leads and all
 * headers say so. After that all is as before. Fails if a header said Idle on the way.
 */
export async function handOver(
  console: Pick<TabsConsole, "startServer">,
  { leader, others, act }: HandOver,
): Promise<HandOverFigures> {
  const goneAt = Date.now();
  await act();
  const stopServer = await console.startServer("beta");
  const rightAt = await Promise.all(others.map((tab) => tab.says(change)));
  const leadsAt = await waitForLeader(others);
  await stopServer();
  await Promise.all(others.map((tab) => tab.says(steadyLabel)));
  await expectNeverIdle(others);
  return { leader, leadsMs: leadsAt - goneAt, rightMs: Math.max(...rightAt) - goneAt };
}

/** Since when one of these tabs has led: epoch ms. */
export async function waitForLeader(tabs: readonly ConsoleTab[]): Promise<number> {
  let since: number[] = [];
  await until(async () => {
    since = (await Promise.all(tabs.map((tab) => tab.leadsSince()))).filter(
      (at) => at !== undefined,
    );
    return since.length > 0;
  }, "one of the tabs leads");
  return Math.min(...since);
}

/** Since its jobs were known first, no header may have said that there are none. */
export async function expectNeverIdle(tabs: readonly ConsoleTab[]): Promise<void> {
  const labels = await Promise.all(
    tabs.map(async (tab) => (await tab.sayings()).map(({ text }) => text)),
  );
  for (const said of labels) expect(said.slice(said.indexOf(steadyLabel))).not.toContain("Idle");
}
