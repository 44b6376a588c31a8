// What a source of a host's own may do, and must not be able to.
import { describe, expect, it } from "vitest";
import { selectClockOffset } from "../../../src/store/selectors.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { catchUncaught } from "../../support/catchUncaught.ts";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { createHandSource, kindOf, startHandSync } from "../../support/sync/byHand.ts";

const { kind: alpha, job: a } = kindOf("alpha");
const { kind: beta, job: b } = kindOf("beta");

function failOnPurpose(): never {
  throw new Error("a host's own mistake");
}

describe("a number that is none", () => {
  it("as the wait that a server asks for leaves the backoff as it is", () => {
    const waits: number[] = [];
    const world = createFakeEnvironment({ random: () => 0.5 });
    const after: typeof world.after = (ms, callback) => {
      waits.push(ms);
      return world.after(ms, callback);
    };
    const own = createHandSource(alpha);
    startHandSync([own], { ...world, after });
    own.sink().lost("busy", { retryAfterMs: Number.NaN });
    expect(waits.at(-1)).toBe(2_500);
  });

  it("as the server's clock is not known", () => {
    const own = createHandSource(alpha);
    const { store } = startHandSync([own]);
    own.sink().snapshot(alpha, [], { clockOffsetMs: Number.NaN });
    expect(selectClockOffset(store.getState(), "alpha")).toBeUndefined();
  });

  it("as the age of a snapshot, or as its moment, leaves it as late as it is", async () => {
    const own = createHandSource(alpha);
    const { store, environment } = startHandSync([own]);
    own.sink().snapshot(alpha, [], { ageMs: Number.NaN, askedAt: Number.NaN });
    await environment.advance(1_000);
    store.getState().applyJobHint(a("1"));
    own.sink().snapshot(alpha, [], { ageMs: Number.NaN, askedAt: own.context().tick() });
    expect(activeKeys(store)).toEqual([]);
  });

  it("as the time of silence is refused", () => {
    for (const silenceMs of [Number.NaN, -1])
      expect(() => createHandSource(alpha, { silenceMs })).toThrow(
        "defineSource: silenceMs must be",
      );
  });
});

it("has no name that objects have by themselves", () => {
  for (const name of ["constructor", "__proto__", "prototype"])
    expect(() => createHandSource(kindOf(name).kind)).toThrow("defineSource: name must be");
});

describe("a job of a kind that it does not keep true", () => {
  it("is refused in an update, in a snapshot of its own kind, and as one that is gone", async () => {
    const own = createHandSource(alpha);
    const other = createHandSource(beta);
    const { store, environment } = startHandSync([own, other]);
    other.sink().snapshot(beta, [b("1")]);
    const says = '"alpha" gave jobs of "beta", where only those of "alpha" can be';
    expect(() => own.sink().update([b("2")])).toThrow(says);
    expect(() => own.sink().snapshot(alpha, [b("3")])).toThrow(says);
    expect(() => own.sink().gone(["beta:1"])).toThrow(says);
    await environment.advance(1_000);
    expect(activeKeys(store)).toEqual(["beta:1"]);
  });
});

it("may keep one list and change it in place", () => {
  const own = createHandSource(alpha);
  const { store } = startHandSync([own]);
  const jobs = [a("1")];
  own.sink().snapshot(alpha, jobs);
  jobs[0] = a("2");
  own.sink().snapshot(alpha, jobs);
  expect(activeKeys(store)).toEqual(["alpha:2"]);
});

describe("an attempt that has ended", () => {
  it("calls nothing any more, also by a timer or listener that it sets after that", async () => {
    const own = createHandSource(alpha);
    const { store, environment, sync } = startHandSync([own]);
    own.sink().live();
    store.getState().applyJobHint(a("1"));
    sync.onEvent("alpha", "log", () => {});
    const { after, onHint, onListen } = own.context();
    own.sink().lost("gone");
    const calls: string[] = [];
    after(0, () => calls.push("timer"));
    onHint(() => calls.push("hint"));
    onListen(() => calls.push("listener"));
    await environment.advance(1_000);
    expect(calls).toEqual([]);
    sync.stop();
    after(0, () => calls.push("timer"));
    expect(environment.open().timers).toBe(0);
  });
});

describe("a callback that throws", () => {
  it("when the page wakes costs no other source, and not refresh()", async () => {
    catchUncaught();
    let woken = 0;
    const own = createHandSource(alpha, { onStart: (_, { onWake }) => onWake(failOnPurpose) });
    const other = createHandSource(beta, {
      onStart: (_, { onWake }) => onWake(() => (woken += 1)),
    });
    const { environment, sync, status } = startHandSync([own, other]);
    own.sink().snapshot(alpha, []);
    other.sink().lost("gone");
    await environment.advance(5_000);
    expect(() => other.sink().snapshot(beta, [])).not.toThrow();
    expect(status("beta")).toBe("live");
    expect(() => sync.refresh()).not.toThrow();
    expect(woken).toBe(1);
  });

  it("when somebody listens to an event is not thrown at whoever listens", () => {
    catchUncaught();
    const own = createHandSource(alpha, { onStart: (_, { onListen }) => onListen(failOnPurpose) });
    const { sync } = startHandSync([own]);
    expect(() => sync.onEvent("alpha", "log", () => {})).not.toThrow();
  });
});

describe("a source that starts", () => {
  it("may give what a cache had and then what is new, beside another source", () => {
    const own = createHandSource(beta, {
      onStart(sink) {
        sink.snapshot(beta, [b("1")], { ageMs: 60_000 });
        sink.snapshot(beta, [b("2")]);
      },
    });
    const { store, status } = startHandSync([createHandSource(alpha), own]);
    expect(status("beta")).toBe("live");
    expect(activeKeys(store)).toEqual(["beta:2"]);
  });

  it("is lost, and started again, if it throws after it has given a snapshot", async () => {
    const uncaught = catchUncaught();
    const own = createHandSource(alpha, {
      onStart(sink, _, attempt) {
        sink.snapshot(alpha, []);
        if (attempt === 2) failOnPurpose();
      },
    });
    const { environment, status } = startHandSync([own]);
    own.sink().lost("gone");
    await environment.advance(environment.nextTimerMs() ?? 0);
    expect(status("alpha")).toBe("lost");
    await environment.advance(30_000);
    expect(own.attempts).toHaveLength(3);
    expect(uncaught).toEqual(["a host's own mistake"]);
  });
});

it("that sends snapshots faster than it connects is not connected again each second", async () => {
  const own = createHandSource(alpha);
  const { environment } = startHandSync([own]);
  const begunMs = new Map<unknown, number>();
  for (let ms = 0; ms < 10_000; ms += 100) {
    if (ms === 1_000) environment.wake("online");
    for (const attempt of own.attempts) {
      if (!begunMs.has(attempt)) begunMs.set(attempt, ms);
      const isOpen = attempt === own.attempts[0] || ms - (begunMs.get(attempt) ?? ms) >= 300;
      if (isOpen && !attempt.hasEnded) attempt.sink.snapshot(alpha, [a(String(ms))]);
    }
    // oxlint-disable-next-line no-await-in-loop -- time passes step by step
    await environment.advance(100);
  }
  expect(own.attempts.length).toBeLessThanOrEqual(3);
});

it("is not connected again before its server allows it, though its old connection goes on", async () => {
  const own = createHandSource(alpha, { silenceMs: 20_000 });
  const { environment } = startHandSync([own]);
  own.sink().snapshot(alpha, []);
  await environment.advance(21_000);
  own.attempts[0]?.sink.update([]);
  own.attempts[1]?.sink.lost("busy", { retryAfterMs: 120_000 });
  environment.wake("online");
  await environment.advance(119_000);
  expect(own.attempts).toHaveLength(2);
  await environment.advance(30_000);
  expect(own.attempts.length).toBeGreaterThan(2);
});

/** A source that goes on, whose server has asked for a wait of two minutes when it was checked. */
function startRefused() {
  const own = createHandSource(alpha);
  const { environment } = startHandSync([own]);
  own.sink().snapshot(alpha, []);
  environment.wake("online");
  own.attempts[0]?.sink.update([]);
  own.attempts[1]?.sink.lost("busy", { retryAfterMs: 120_000 });
  return { own, environment };
}

it("is checked as soon as its server allows it, where that was due before", async () => {
  const { own, environment } = startRefused();
  await environment.advance(60_000);
  environment.wake("online");
  expect(own.attempts).toHaveLength(2);
  await environment.advance(61_000);
  expect(own.attempts).toHaveLength(3);
});

it("is not connected again before its server allows it, though its old connection is lost too", async () => {
  const { own, environment } = startRefused();
  own.attempts[0]?.sink.lost("closed");
  await environment.advance(119_000);
  expect(own.attempts).toHaveLength(2);
});
