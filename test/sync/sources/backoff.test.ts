import { describe, expect, it } from "vitest";
import { createBackoff } from "../../../src/sync/sources/timing.ts";
import type { FakeEventSource } from "../../../src/testing/eventSource.ts";
import { many } from "../../support/jobs/jobs.ts";
import { startFakeSync } from "../../support/sync/harness.ts";

/** The end of each range: what the largest random number gives. */
const ranges = [5_000, 7_500, 11_250, 16_875, 25_312.5, 30_000, 30_000];

describe("the backoff", () => {
  it("spreads the first delay over 5 s and grows the range by half, up to 30 s", () => {
    const largest = createBackoff(() => 1);
    const smallest = createBackoff(() => 0);
    expect(many(7, largest.nextDelayMs)).toEqual(ranges);
    expect(many(7, smallest.nextDelayMs)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it("begins anew after a reset", () => {
    const backoff = createBackoff(() => 1);
    many(5, backoff.nextDelayMs);
    backoff.reset();
    expect(backoff.nextDelayMs()).toBe(5_000);
  });
});

describe("the stream", () => {
  it("closes a failed source itself and opens a new one after the backoff", async () => {
    const { environment, endWith, gaps } = start();
    const first = environment.source();
    for (let failure = 0; failure < 8; failure += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await endWith((source) => source.fail());
    expect(first.isClosed()).toBe(true);
    expect(gaps()).toEqual(ranges);
  });

  it("does not begin anew for a server that accepts and closes at once", async () => {
    const { endWith, gaps } = start();
    await endWith((source) => (source.init([]), source.fail()));
    for (let failure = 0; failure < 5; failure += 1)
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await endWith((source) => (source.open(), source.fail()));
    expect(gaps()).toEqual(ranges.slice(0, 5));
  });

  it("begins anew with a connection that lasts, and not with a snapshot alone", async () => {
    const { environment, endWith, gaps } = start();
    await endWith((source) => source.fail());
    await endWith((source) => (source.init([]), source.fail()));
    environment.source().init([]);
    await environment.advance(5_000);
    await endWith((source) => source.fail());
    await endWith((source) => source.fail());
    expect(gaps()).toEqual([5_000, 7_500, 5_000 + 5_000]);
  });
});

function start() {
  const { environment } = startFakeSync({ world: { random: () => 1 } });
  const openedAt: number[] = [];

  /** Ends the connection in some way, and waits for the next. */
  const endWith = async (end: (source: FakeEventSource) => void): Promise<void> => {
    const source = environment.source();
    openedAt.push(source.openedAt);
    end(source);
    while (environment.sources.length === 0) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(environment.nextTimerMs() ?? 0);
    }
  };
  const gaps = () => openedAt.slice(1).map((at, index) => at - (openedAt[index] ?? 0));
  return { environment, endWith, gaps };
}
