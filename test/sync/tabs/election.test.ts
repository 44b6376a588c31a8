import { expect, it, onTestFinished, vi } from "vitest";
import { startElection } from "../../../src/sync/tabs/election.ts";
import { createFakeLocks } from "../../support/tabs/fakeLocks.ts";

/** Candidates for one lock, and what they were told, in order. */
function startElections(...names: string[]) {
  const locks = createFakeLocks();
  const told: string[] = [];
  const enter = (name: string) =>
    startElection({
      locks: locks.managerOf(name),
      name: "lead",
      onElected: () => told.push(`${name} elected`),
      onDeposed: () => told.push(`${name} deposed`),
    });
  const elections = names.map(enter);

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) {
      for (const name of names) locks.tell(name);
      // oxlint-disable-next-line no-await-in-loop -- each turn lets the promises of the last go on
      await Promise.resolve();
    }
  }

  async function news(): Promise<string[]> {
    await settle();
    return told.splice(0);
  }

  return {
    locks,
    told,
    elections,
    settle,
    /** What was told since the last look. */
    news,
    leader: () => locks.holders()["lead"],
  };
}

/** The rejections that nobody handles, in place of failing the run, until the test is over. */
function collectRejections(): unknown[] {
  const seen: unknown[] = [];
  const listeners = process.rawListeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => void seen.push(reason));
  onTestFinished(() => {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners)
      process.on("unhandledRejection", (...args) => void listener(...args));
  });
  return seen;
}

it("has one leader: the first to ask", async () => {
  const { news, leader, locks } = startElections("a", "b", "c");
  expect(await news()).toEqual(["a elected"]);
  expect(leader()).toBe("a");
  expect(locks.waiting()).toEqual(["b", "c"]);
});

it("passes the lead on to the next in the queue when the leader resigns, who queues again", async () => {
  const { news, elections, locks } = startElections("a", "b");
  await news();
  elections[0]?.resign();
  expect(await news()).toEqual(["b elected"]);
  expect(locks.waiting()).toEqual(["a"]);
  elections[1]?.resign();
  expect(await news()).toEqual(["a elected"]);
});

it("passes the lead on when the leader stops, who is told nothing and asks no more", async () => {
  const { news, elections, locks } = startElections("a", "b");
  await news();
  elections[0]?.stop();
  elections[0]?.stop();
  expect(await news()).toEqual(["b elected"]);
  expect(locks.waiting()).toEqual([]);
});

it("passes the lead on when the leader crashes", async () => {
  const { news, locks } = startElections("a", "b");
  await news();
  locks.abandon("a");
  expect(await news()).toEqual(["b elected"]);
});

it("deposes the leader whom another one robs, and that one queues again", async () => {
  const { news, elections, locks, leader } = startElections("a", "b");
  await news();
  elections[1]?.takeOver();
  expect((await news()).toSorted()).toEqual(["a deposed", "b elected"]);
  expect(leader()).toBe("b");
  expect(locks.waiting()).toEqual(["a"]);
  elections[1]?.stop();
  expect(await news()).toEqual(["a elected"]);
});

it("lets a leader who takes over go on as before", async () => {
  const { news, elections } = startElections("a", "b");
  await news();
  elections[0]?.takeOver();
  expect(await news()).toEqual([]);
});

it("elects whoever takes over twice before it is granted, once", async () => {
  const { news, elections, leader } = startElections("a", "b");
  await news();
  elections[1]?.takeOver();
  elections[1]?.takeOver();
  expect((await news()).toSorted()).toEqual(["a deposed", "b elected"]);
  expect(leader()).toBe("b");
});

it("comes to one leader however many take over at once", async () => {
  const { news, elections, leader, told, settle } = startElections("a", "b", "c", "d");
  await settle();
  told.length = 0;
  for (const election of elections.slice(1)) election.takeOver();
  const heard = await news();
  const lead = new Set(["a"]);
  for (const [name, what] of heard.map((words) => words.split(" "))) {
    if (name === undefined) continue;
    if (what === "elected") lead.add(name);
    else lead.delete(name);
  }
  expect([...lead]).toEqual([leader()]);
});

it("gives the lock back at once when it is granted to one who has left meanwhile", async () => {
  const { elections, news, leader } = startElections("a", "b");
  elections[0]?.stop();
  expect(await news()).toEqual(["b elected"]);
  expect(leader()).toBe("b");
});

it("frees what it stole after it has left", async () => {
  const { news, elections, leader } = startElections("a", "b", "c");
  await news();
  elections[1]?.takeOver();
  elections[1]?.stop();
  expect((await news()).toSorted()).toEqual(["a deposed", "c elected"]);
  expect(leader()).toBe("c");
});

it("lets a tab lead on its own where the browser refuses the lock", async () => {
  const { news, elections, locks } = startElections("a");
  await news();
  locks.refuse();
  elections[0]?.stop();
  const told: string[] = [];
  const alone = startElection({
    locks: locks.managerOf("b"),
    name: "lead",
    onElected: () => told.push("elected"),
    onDeposed: () => told.push("deposed"),
  });
  await vi.waitFor(() => expect(told).toEqual(["elected"]));
  alone.stop();
});

it("does not lead again by itself after it resigned, where the browser refuses the lock", async () => {
  const locks = createFakeLocks();
  locks.refuse();
  let elected = 0;
  const election = startElection({
    locks: locks.managerOf("a"),
    name: "lead",
    onElected: () => (elected += 1),
    onDeposed() {},
  });
  await vi.waitFor(() => expect(elected).toBe(1));
  election.resign();
  await new Promise(setImmediate);
  expect(elected).toBe(1);
  election.takeOver();
  await vi.waitFor(() => expect(elected).toBe(2));
});

it("lets a failure to lead be seen, and does not try again for ever", async () => {
  const locks = createFakeLocks();
  const seen = collectRejections();
  let tries = 0;
  startElection({
    locks: locks.managerOf("a"),
    name: "lead",
    onElected() {
      tries += 1;
      if (tries < 50) throw new SyntaxError("no such URL");
    },
    onDeposed() {},
  });
  for (let turn = 0; turn < 200; turn += 1) {
    locks.tell("a");
    // oxlint-disable-next-line no-await-in-loop -- each turn lets the promises of the last go on
    await new Promise(setImmediate);
  }
  expect(tries).toBe(1);
  expect(seen.map(String)).toEqual(["SyntaxError: no such URL"]);
});
