import { expect } from "vitest";
import { until } from "../console/waiting.ts";
import { steadyLabel, type TabsConsole } from "./console.ts";
import type { HandOverFigures } from "./figures.ts";
import type { ConsoleTab } from "./page.ts";

/** What happens to the leader, and who is left. */
export interface HandOver {
  leader: string;
  /** The tabs whose headers must be right after it. */
  others: readonly ConsoleTab[];
  /** The tabs that may lead after it. @default `others` */
  heirs?: readonly ConsoleTab[];
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
  { leader, others, heirs = others, act }: HandOver,
): Promise<HandOverFigures> {
  const goneAt = Date.now();
  await act();
  const stopServer = await console.startServer("beta");
  const rightAt = await sayAll(others, change).finally(() => void stopServer());
  const leadsAt = await firstLead(heirs, goneAt);
  await sayAll(others, steadyLabel);
  await expectNeverIdle(others);
  return { leader, leadsMs: leadsAt - goneAt, rightMs: Math.max(...rightAt) - goneAt };
}

/** Waits until all say this, and resolves to since when each does: epoch ms. */
function sayAll(tabs: readonly ConsoleTab[], label: string): Promise<number[]> {
  return Promise.all(tabs.map((tab) => tab.says(label)));
}

/** Waits until one of these tabs has had a stream after `at`, and resolves to since when: epoch ms. */
async function firstLead(tabs: readonly ConsoleTab[], at: number): Promise<number> {
  let led: number[] = [];
  await until(async () => {
    const since = await Promise.all(tabs.map((tab) => tab.ledAfter(at)));
    led = since.filter((ledAt) => ledAt !== undefined);
    return led.length > 0;
  }, "another tab leads");
  return Math.min(...led);
}

/** Since its jobs were known first, no header may have said that there are none. */
export async function expectNeverIdle(tabs: readonly ConsoleTab[]): Promise<void> {
  const labels = await Promise.all(
    tabs.map(async (tab) => (await tab.sayings()).map(({ text }) => text)),
  );
  for (const said of labels) expect(said.slice(said.indexOf(steadyLabel))).not.toContain("Idle");
}
