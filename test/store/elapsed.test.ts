import { drive } from "../support/jobs/drive.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elapsedMs, formatElapsed, isoDuration } from "../../src/store/elapsed.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { type ActiveAction, selectLatestAction } from "../../src/store/selectors.ts";
import { build, serverTime } from "../support/jobs/jobs.ts";

const day = 24 * 3_600_000;

/** A build that this browser first saw at `firstSeenAt`, with what the server said of its start. */
function seenAt(firstSeenAt: number, startedAt?: number): ActiveAction {
  const store = createActivityStore();
  drive(store).applyJobUpdates([build("1", "running", startedAt ? { startedAt } : {})]);
  const latest = selectLatestAction(store.getState());
  if (!latest || !("kind" in latest)) throw new Error("No build in the store");
  return { ...latest, firstSeenAt, startedAt: startedAt ?? firstSeenAt };
}

describe("how long an action has been going on", () => {
  const now = serverTime(0);

  it("is counted from the server's start by the server's clock", () => {
    for (const ahead of [0, day, -day, 1_500])
      expect(elapsedMs(seenAt(now, now + ahead - 42_000), now, ahead)).toBe(42_000);
  });

  it("is counted from when it was first seen while the server's clock is not known", () => {
    expect(elapsedMs(seenAt(now - 5_000, now + day), now, undefined)).toBe(5_000);
  });

  it("is counted from when it was first seen if the server did not say its start", () => {
    expect(elapsedMs(seenAt(now - 5_000), now, day)).toBe(5_000);
  });

  it("is counted by the browser's clock for a request, whatever the server's says", () => {
    const request = { key: "request:1", label: "Syncing", startedAt: now - 700, order: 1 } as const;
    expect(elapsedMs(request, now, day)).toBe(700);
  });

  it("is never negative, whatever the clocks say", () => {
    const time = fc.integer({ min: 1, max: serverTime(0) * 2 });
    const offset = fc.option(fc.integer({ min: -day, max: day }), { nil: undefined });
    fc.assert(
      fc.property(time, time, time, offset, (firstSeenAt, startedAt, at, ahead) => {
        expect(elapsedMs(seenAt(firstSeenAt, startedAt), at, ahead)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a duration", () => {
  it.each([
    [0, "0:00", "PT0S"],
    [999, "0:00", "PT0S"],
    [1_000, "0:01", "PT1S"],
    [59_999, "0:59", "PT59S"],
    [60_000, "1:00", "PT60S"],
    [754_000, "12:34", "PT754S"],
    [3_599_999, "59:59", "PT3599S"],
    [3_600_000, "1:00:00", "PT3600S"],
    [7_807_000, "2:10:07", "PT7807S"],
    [day - 1_000, "23:59:59", "PT86399S"],
    [day, "1 d", "PT86400S"],
    [day + 3_600_000, "1 d 1 h", "PT90000S"],
    [14 * day + 23_328_000, "14 d 6 h", "PT1232928S"],
  ])("of %i ms reads %s, and %s to a machine", (ms, text, iso) => {
    expect([formatElapsed(ms), isoDuration(ms)]).toEqual([text, iso]);
  });
});
