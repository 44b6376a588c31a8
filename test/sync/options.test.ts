import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../src/testing/environment.ts";
import { createHandSource, kindOf } from "../support/sync/byHand.ts";
import { runJob } from "../support/sync/wire.ts";

const store = createActivityStore();

it.each([
  [{ pollIntervalMs: 0 }, "pollIntervalMs", "got 0"],
  [{ pollIntervalMs: -5 }, "pollIntervalMs", "got -5"],
  [{ pollIntervalMs: Number.NaN }, "such as 5_000", "got NaN"],
  [{ pollIntervalMs: Infinity }, "pollIntervalMs", "got Infinity"],
  [{ silenceMs: -1 }, "silenceMs", "got -1"],
  [{ silenceMs: Number.NaN }, "0 to turn it off", "got NaN"],
])("refuses %o by name and value, and starts nothing", (options, words, value) => {
  const environment = createFakeEnvironment();
  const start = () => startBackendSync({ store, environment, ...options });
  expect(start).toThrow(TypeError);
  expect(start).toThrow(words);
  expect(start).toThrow(value);
  expect(environment.totals).toEqual({ requests: 0, sources: 0 });
});

it("refuses a baseUrl that is no text, and shows one", () => {
  const environment = createFakeEnvironment();
  const start = () =>
    Reflect.apply(startBackendSync, undefined, [{ store, environment, baseUrl: 7 }]);
  expect(start).toThrow('buildsAndRuns: baseUrl must be a URL or path such as "/api"; got 7');
});

it("takes the contract under any base, with or without a slash at its end", () => {
  for (const baseUrl of ["https://ci.example/backend", "https://ci.example/backend/"]) {
    const environment = createFakeEnvironment();
    startBackendSync({ store, environment, baseUrl }).stop();
    expect(environment.totals).toEqual({ requests: 1, sources: 1 });
    const sync = startBackendSync({ store, environment, baseUrl });
    expect(environment.source().url).toBe("https://ci.example/backend/runs/stream");
    expect(environment.request().url).toBe("https://ci.example/backend/builds");
    sync.stop();
  }
});

it("takes an option that is undefined for one that was left out", async () => {
  const environment = createFakeEnvironment();
  const undefinedOptions = {
    baseUrl: undefined,
    pollIntervalMs: undefined,
    silenceMs: undefined,
    sendsSnapshot: undefined,
    shareAcrossTabs: undefined,
    session: undefined,
    onUnauthorized: undefined,
    onError: undefined,
    fetch: undefined,
    openEventSource: undefined,
  };
  const sync = startBackendSync({ store, environment, ...undefinedOptions });
  expect(environment.source().url).toBe("/api/runs/stream");
  environment.request().respond({ builds: [] });
  await environment.advance(5_000);
  expect(environment.request().url).toBe("/api/builds");
  sync.stop();
});

it("refuses a kind that another sync of the store has, and costs that nothing", async () => {
  const environment = createFakeEnvironment();
  const first = startBackendSync({ store, environment });
  const start = () => startBackendSync({ store, environment });
  expect(start).toThrow(TypeError);
  expect(start).toThrow('this store has the source "runs" twice; stop the sync that has it');
  environment.source().init([runJob("r1", "running")]);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(environment.totals).toEqual({ requests: 1, sources: 1 });
  expect(Object.keys(store.getState().backendJobs)).toEqual(["run:r1"]);
  first.stop();
  start().stop();
});

it("says what to do where there is no EventSource, and leaves nothing behind", () => {
  const environment = createFakeEnvironment();
  const without = { ...environment, openEventSource: failToOpen };
  const start = () => startBackendSync({ store, environment: without });
  expect(start).toThrow("no EventSource here");
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
  expect(store.getState().connection.runs).toBeUndefined();
});

function failToOpen(): never {
  throw new TypeError("no EventSource here");
}

it("calls a fetch of the host's as a plain function, as a browser's own must be", () => {
  const callers: unknown[] = [];
  function fetch(this: unknown): Promise<Response> {
    callers.push(this);
    return new Promise(() => {});
  }
  function openEventSource(this: unknown) {
    callers.push(this);
    return { addEventListener() {}, close() {} };
  }
  const own = createHandSource(kindOf("deploy").kind, {
    onStart(_, context) {
      void context.fetch("/api/deploys", {});
      context.openEventSource("/api/deploys/stream");
    },
  });
  const sources = [own.source];
  const environment = createFakeEnvironment();
  startBackendSync({ store, environment, sources, fetch, openEventSource }).stop();
  expect(callers).toEqual([undefined, undefined]);
});
