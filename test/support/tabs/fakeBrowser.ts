import { createFakeChannels, type FakeChannels } from "./fakeChannels.ts";
import { createFakeLocks, type FakeLocks } from "./fakeLocks.ts";
import { type FakeTab, type FakeTabOptions, openFakeTab } from "./fakeTab.ts";

/** More than any number of tabs in the tests has to say to each other. */
const maxRounds = 1_000;

/**
 * A browser whose tabs have a sync and a store each, and which is the test's: nothing that a tab
 * does reaches another one before `settle` or `advance`.
 */
export interface FakeBrowser {
  readonly locks: FakeLocks;
  readonly channels: FakeChannels;
  /** All tabs that were ever opened. */
  readonly tabs: readonly FakeTab[];
  /** Opens a tab; what it does at its start has settled when this resolves. */
  open: (options?: FakeTabOptions) => Promise<FakeTab>;
  /** Everything under way arrives, in every tab that runs, until nothing more comes of it. */
  settle: () => Promise<void>;
  /** Lets `ms` pass in every tab that runs, and settles after each timer. */
  advance: (ms: number) => Promise<void>;
  /** The tabs that have a stream. */
  leaders: () => FakeTab[];
  /** How many streams were opened in all tabs. */
  streamsOpened: () => number;
}

/** Creates a browser without tabs. */
export function createFakeBrowser(): FakeBrowser {
  const locks = createFakeLocks();
  const channels = createFakeChannels();
  const tabs: FakeTab[] = [];
  const running = () => tabs.filter((tab) => tab.isRunning());

  function tellAll(): boolean {
    // All of them, whatever comes of the first.
    return running()
      .flatMap(({ name }) => [locks.tell(name), channels.deliver(name)])
      .includes(true);
  }

  /* oxlint-disable no-await-in-loop -- one thing after the other is the point */
  async function settle(): Promise<void> {
    for (let round = 0; round < maxRounds; round += 1) {
      await tabs[0]?.environment.settle();
      if (!tellAll()) return;
    }
    throw new Error("fake browser: the tabs talk without end");
  }

  async function advance(ms: number): Promise<void> {
    await settle();
    let left = ms;
    while (left > 0) {
      const dueMs = running().map(({ environment }) => environment.nextTimerMs() ?? left);
      const stepMs = Math.min(left, Math.max(1, Math.min(...dueMs)));
      left -= stepMs;
      for (const { environment } of running()) await environment.advance(stepMs);
      await settle();
    }
  }
  /* oxlint-enable no-await-in-loop */

  return {
    locks,
    channels,
    tabs,
    async open(options = {}) {
      // The same names in every test, whichever others run before it.
      const seed = tabs.length + 1;
      const tab = openFakeTab({ locks, channels }, `tab-${tabs.length}`, { seed, ...options });
      tabs.push(tab);
      await settle();
      return tab;
    },
    settle,
    advance,
    leaders: () => running().filter((tab) => tab.isLeading()),
    streamsOpened: () => tabs.reduce((sum, { environment }) => sum + environment.totals.sources, 0),
  };
}
