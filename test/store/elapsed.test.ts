import { drive } from "../support/jobs/drive.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  elapsedMs,
  formatAgo,
  formatElapsed,
  isoDuration,
  selectUsualMs,
  spellElapsed,
} from "../../src/store/elapsed.ts";
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
    [754_000, "12 min", "PT754S"],
    [3_599_999, "59 min", "PT3599S"],
    [3_600_000, "1 h", "PT3600S"],
    [7_807_000, "2 h 10 min", "PT7807S"],
    [day - 1_000, "23 h 59 min", "PT86399S"],
    [day, "1 d", "PT86400S"],
    [day + 3_600_000, "1 d 1 h", "PT90000S"],
    [14 * day + 23_328_000, "14 d 6 h", "PT1232928S"],
  ])("of %i ms reads %s, and %s to a machine", (ms, text, iso) => {
    expect([formatElapsed(ms), isoDuration(ms)]).toEqual([text, iso]);
  });
});

describe("a duration in words", () => {
  it.each([
    [0, "0 s"],
    [42_000, "42 s"],
    [178_000, "2 min 58 s"],
    [7_807_000, "2 h 10 min"],
    [14 * day, "14 d"],
  ])("of %i ms is spelled %s", (ms, text) => {
    expect(spellElapsed(ms)).toBe(text);
  });

  it("of long ago says the greatest unit alone", () => {
    const texts = [-180_000, 0, 59_999, 180_000, 7_807_000, 3 * day].map((ms) => formatAgo(ms));
    expect(texts).toEqual(["just now", "just now", "just now", "3 min ago", "2 h ago", "3 d ago"]);
  });

  it("is in the language of the host, as far as the browser has it", () => {
    expect(formatAgo(180_000, "de")).toBe("vor 3 Min.");
    expect(formatAgo(0, "de")).toBe("jetzt");
    expect(formatElapsed(7_807_000, "de")).toMatch(/^2 \w+\.?,?( und)? 10 \w+\.?$/);
  });
});

/** A build that ended well and took so long. */
const took = (id: string, ms: number, projectId = "shop") =>
  build(id, "succeeded", { projectId, startedAt: serverTime(0), finishedAt: serverTime(0) + ms });

describe("how long a job usually takes", () => {
  it("is the median of its last three good ends", () => {
    const store = createActivityStore();
    const usual = () => selectUsualMs(store.getState(), { kind: "build", title: "shop" });
    const say = (...jobs: ReturnType<typeof build>[]) => drive(store).applyJobUpdates(jobs);
    say(took("1", 9_000), took("2", 60_000));
    expect(usual()).toBeUndefined();
    say(took("3", 70_000));
    expect(usual()).toBe(60_000);
    say(took("4", 65_000), took("5", 1_000, "docs"), build("6", "failed"));
    expect(usual()).toBe(65_000);
  });
});
