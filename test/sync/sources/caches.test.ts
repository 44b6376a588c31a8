// A cache between the browser and the server is not the server.
import { describe, expect, it } from "vitest";
import { activeKeys } from "../../support/jobs/jobStore.ts";
import { build } from "../../support/jobs/jobs.ts";
import { type FakeSyncOptions, startFakeSync } from "../../support/sync/harness.ts";
import { buildJob } from "../../support/sync/wire.ts";

/** As nginx's `proxy_cache` answers: with nothing that tells it from the server. */
const unmarked = {};

const now = Date.UTC(2026, 0, 5, 12);
const httpDate = (ms: number) => new Date(ms).toUTCString();

function start(options?: FakeSyncOptions) {
  const started = startFakeSync(options);
  const { environment, store } = started;
  return {
    ...started,
    hint: (id: string) => store.getState().applyJobHint(build(id, "pending")),
    answer: (builds: readonly unknown[], headers?: Record<string, string>) => {
      environment.request().respond({ builds }, 200, headers);
      return environment.settle();
    },
    clockOffsetMs: () => store.getState().connection.builds?.clockOffsetMs,
  };
}

describe("a list that says by its Age that it lay in a cache", () => {
  it("ends no job that was asked for after it was made", async () => {
    const { environment, store, answer, hint } = start();
    await answer([]);
    await environment.advance(2_000);
    hint("b1");
    await answer([], { age: "1" });
    await environment.advance(5_000);
    await answer([], { age: "30" });
    expect(activeKeys(store)).toEqual(["build:b1"]);
  });

  it("ends a job that it could have listed", async () => {
    const { environment, store, answer, hint } = start();
    await environment.advance(1_000);
    hint("b1");
    await answer([buildJob("b1", "running")]);
    await environment.advance(5_000);
    await answer([], { age: "2" });
    expect(activeKeys(store)).toEqual([]);
  });

  it("is said to be old, and asked for again at the usual pace", async () => {
    const { environment, store, connection, answer } = start();
    await answer([buildJob("b1", "running")], { age: "100" });
    expect(activeKeys(store)).toEqual(["build:b1"]);
    expect(connection().builds).toBe("lost");
    expect(store.getState().connection.builds?.error).toBe("Builds: a cache answers, 100 s late");
    await environment.advance(5_000);
    await answer([buildJob("b1", "running")], { age: "0" });
    expect(connection().builds).toBe("live");
  });

  it("is said to be old where it has first come from the server itself", async () => {
    const { environment, connection, answer } = start();
    const list = [buildJob("b1", "running")];
    await answer(list, { date: httpDate(now) });
    await environment.advance(5_000);
    await answer(list, { date: httpDate(now), age: "100" });
    expect(connection().builds).toBe("lost");
  });

  it("is said to be old for as long as nothing newer comes", async () => {
    const { environment, connection, answer } = start({ pollIntervalMs: 60_000 });
    await answer([], { age: "100" });
    await environment.advance(10_000);
    expect(connection().builds).toBe("lost");
  });

  it("changes nothing where a later one was asked of the server itself", async () => {
    const { environment, store, answer } = start();
    await answer([buildJob("b1", "running")]);
    await environment.advance(5_000);
    await answer([], { age: "60" });
    expect(activeKeys(store)).toEqual(["build:b1"]);
  });
});

describe("the very same list, where a cache may have kept it", () => {
  it("ends no job that was asked for after it first came", async () => {
    const { environment, store, answer, hint } = start();
    await answer([buildJob("b0", "succeeded")], unmarked);
    hint("b1");
    await answer([buildJob("b0", "succeeded")], unmarked);
    await environment.advance(5_000);
    await answer([buildJob("b0", "succeeded")], unmarked);
    expect(activeKeys(store)).toEqual(["build:b1"]);
  });

  it("ends none either where a request failed in between", async () => {
    const { environment, store, answer, hint } = start();
    await answer([], unmarked);
    hint("b1");
    environment.request().fail();
    await environment.advance(5_000);
    await answer([], unmarked);
    expect(activeKeys(store)).toEqual(["build:b1"]);
  });

  it("ends none either where another one came in between, by the Date of both", async () => {
    const { environment, store, answer, hint } = start();
    await answer([], { date: httpDate(now) });
    await environment.advance(5_000);
    hint("b1");
    await answer([buildJob("b1", "running")], { date: httpDate(now + 5_000) });
    await environment.advance(5_000);
    await answer([], { date: httpDate(now) });
    expect(activeKeys(store)).toEqual(["build:b1"]);
  });

  it("is believed after two minutes, for which caches keep things at the most", async () => {
    const { environment, store, answer, hint } = start();
    await answer([], unmarked);
    hint("b1");
    for (let polls = 0; polls < 26; polls += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await answer([], unmarked);
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(5_000);
    }
    expect(activeKeys(store)).toEqual([]);
  });

  it("is believed as soon where the clock was set back meanwhile", async () => {
    const { environment, store, answer, hint } = start();
    await answer([], unmarked);
    environment.setClock(-3_600_000);
    hint("b1");
    for (let polls = 0; polls < 26; polls += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await answer([], unmarked);
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(5_000);
    }
    expect(activeKeys(store)).toEqual([]);
  });

  it("is believed at once where the server forbids caches to keep it", async () => {
    const { environment, store, answer, hint } = start();
    await answer([]);
    hint("b1");
    await answer([]);
    await environment.advance(5_000);
    await answer([]);
    expect(activeKeys(store)).toEqual([]);
  });
});

describe("the server's clock", () => {
  const aDayAhead = now + 86_400_000;

  it("is read off an answer that the server has just given", async () => {
    const { answer, clockOffsetMs } = start();
    await answer([], { date: httpDate(aDayAhead) });
    expect(clockOffsetMs()).toBe(86_400_000 + 500);
  });

  it("is not read off an answer that says its Age", async () => {
    const { answer, clockOffsetMs } = start();
    await answer([], { date: httpDate(now - 60_000), age: "60" });
    expect(clockOffsetMs()).toBeUndefined();
  });

  it("is not read off an answer that was under way while the machine slept", async () => {
    const { environment, answer, clockOffsetMs } = start();
    environment.sleep(3_600_000);
    await answer([], { date: httpDate(environment.now()) });
    expect(Math.abs(clockOffsetMs() ?? 0)).toBeLessThan(2_000);
  });

  it("is known within five minutes of being put right", async () => {
    const { environment, answer, clockOffsetMs } = start();
    const answerAt = (ms: number) =>
      answer([], { "cache-control": "no-store", date: httpDate(ms) });
    await answerAt(now + 3_600_000);
    for (let polls = 0; polls < 60; polls += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(5_000);
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await answerAt(environment.now());
    }
    expect(Math.abs(clockOffsetMs() ?? Infinity)).toBeLessThan(2_000);
  });

  it("is not read off a date that stands still", async () => {
    const { environment, answer, clockOffsetMs } = start();
    for (let polls = 0; polls < 4; polls += 1) {
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await answer([], { date: httpDate(now) });
      // oxlint-disable-next-line no-await-in-loop -- time passes step by step
      await environment.advance(5_000);
    }
    expect(clockOffsetMs()).toBe(500);
  });
});
