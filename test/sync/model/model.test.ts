// The sync and the store under any interleaving of what server, network, browser and user can do,
// against a reference server. A failure prints its seed and path; to run that schedule alone:
//
//   FC_SEED=… FC_PATH=… npx vitest run --project unit test/sync/model.test.ts -t "name of the test"
//
// FC_RUNS=10000 goes through more of them than `npm test` has time for.
//
// A schedule is a list of steps such as ["move a job", 0, 3]; test/sync/model/steps.ts says what
// each does. After every step all rules of `model/rules.ts` and `model/order.ts` must hold, and at
// its end, once the faults have ended, store and server must agree (`model/converge.ts`).
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSchedules, runsOf } from "./checkSchedules.ts";
import { converge, reconnects } from "./converge.ts";
import { type ActName, passedMs, schedules, type Step, takeStep } from "./steps.ts";
import { createWatch } from "./watch.ts";
import { createWorld, type WorldOptions } from "./world.ts";

const dayMs = 86_400_000;

const worlds: fc.Arbitrary<WorldOptions> = fc.record({
  skewMs: fc.constantFrom(0, -3 * dayMs, 3 * dayMs, -40),
  ignoresAbort: fc.boolean(),
  isHidden: fc.boolean(),
  seed: fc.nat(99),
  throws: fc.boolean(),
});

async function checkSchedule(
  options: WorldOptions,
  steps: readonly Step[],
  reconnect: (typeof reconnects)[number],
): Promise<void> {
  const world = createWorld(options);
  const watch = createWatch(world, options.ignoresAbort);
  await watch.step(() => void world.start());
  for (const step of steps) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await watch.step(() => takeStep(world, step), passedMs(step));
  }
  await converge(world, watch, reconnect);
  await watch.step(() => takeStep(world, ["stop", 1, 0]));
  await mustHaveRejectedNothing();
}

const rejections: unknown[] = [];

async function mustHaveRejectedNothing(): Promise<void> {
  // Node tells of a rejection that nobody handles once all promises have taken their course.
  await new Promise(setImmediate);
  const [reason] = rejections.splice(0);
  if (reason !== undefined) throw new Error("a rejection that nobody handles", { cause: reason });
}

// Of the subscriber that throws whenever it is called, which is the host's own.
const ignore = () => {};
let others: NodeJS.UncaughtExceptionListener[] = [];
beforeAll(() => {
  others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException").on("uncaughtException", ignore);
});
afterAll(() => {
  process.off("uncaughtException", ignore);
  for (const other of others) process.on("uncaughtException", other);
});

const noteRejection = (reason: unknown) => void rejections.push(reason);
beforeAll(() => void process.on("unhandledRejection", noteRejection));
afterAll(() => void process.off("unhandledRejection", noteRejection));

function check(percent: number, weights: Weights): Promise<number> {
  const parts = [worlds, schedules(weights), fc.constantFrom(...reconnects)] as const;
  return checkSchedules(percent, parts, checkSchedule);
}

type Weights = Partial<Record<ActName, number>>;

const time: Weights = { pass: 6 };
const jobs: Weights = { "create a build": 2, "create a run": 2, "move a job": 6, "tell again": 1 };
const stream: Weights = {
  "accept well": 3,
  "send a snapshot again": 1,
  "next frame": 10,
  "drop the stream": 1,
};
const poll: Weights = { "answer a poll": 1, "poll answer": 4 };
const user: Weights = {
  "trigger a build": 1,
  "start a run": 1,
  "stop a run": 1,
  "answer a request": 2,
  "request answer": 2,
};
const pushes: Weights = {
  "create a deploy": 2,
  "ask for a deploy": 1,
  "answer the push": 3,
  "next push": 6,
  "drop the push": 1,
};
const faults: Weights = {
  restart: 1,
  "list again": 1,
  "drop it silently": 1,
  "poll failure": 1,
  sleep: 1,
  wake: 2,
  hide: 1,
  show: 1,
  refresh: 1,
};
const connections: Weights = {
  wake: 4,
  "send a snapshot again": 3,
  "create a run": 4,
  "move a job": 6,
  "accept well": 7,
  "next frame": 16,
  "stop a run": 1,
  "request answer": 2,
  restart: 1,
  pass: 10,
};
const bad: Weights = { accept: 2, "accept with nonsense": 1, garble: 2, "bad poll answer": 2 };
const pages: Weights = { "page asks": 2, "answer a page": 2, "page answer": 3 };
const sessions: Weights = {
  stop: 2,
  start: 3,
  "stop an earlier one": 1,
  unauthorized: 1,
  "request failure": 1,
  "reset the store": 1,
};

const all: Weights = { ...time, ...jobs, ...stream, ...poll, ...pushes };

describe("no rule is broken, and store and server agree in the end", { timeout: 60_000 }, () => {
  it("whatever happens to jobs, requests and connections", async () => {
    expect(await check(35, { ...all, ...user, ...faults })).toBe(runsOf(35));
  });

  it("whatever two connections to the stream say at the same time", async () => {
    expect(await check(30, connections)).toBe(runsOf(30));
  });

  it("whatever malformed comes with it", async () => {
    expect(await check(20, { ...all, ...bad, ...faults })).toBe(runsOf(20));
  });

  it("however sessions begin and end, and whoever else reads the list of builds", async () => {
    expect(await check(25, { ...all, ...user, ...sessions, ...pages })).toBe(runsOf(25));
  });
});
