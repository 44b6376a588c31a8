import { deploy, run } from "../../support/jobs/jobs.ts";
import { describe, expect, it } from "vitest";
import { PayloadError } from "../../../src/jobs/payload.ts";
import { parseTabMessage, protocolVersion } from "../../../src/sync/tabs/messages.ts";
import { collectProblems } from "../../support/jobs/jobProblems.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import { runJob } from "../../support/sync/wire.ts";

const kinds = new Set(["build", "run"]);
const active = {
  key: "run:r1",
  kind: "run",
  id: "r1",
  status: "running",
  noun: "Server",
  word: "running",
  phase: "steady",
  rank: 1,
  movesToFront: false,
  label: "Server running…",
  startedAt: 1,
  serverTime: true,
  firstSeenAt: 2,
  order: 3,
};
const ended = {
  key: "build:b1",
  kind: "build",
  id: "b1",
  status: "failed",
  noun: "Build",
  word: "failed",
  outcome: "failed",
  endedAt: 1,
  serverTime: true,
  order: 2,
  seenActive: true,
  readState: "unread",
  isListedOnly: false,
};
const source = { status: "live", kinds: ["run"], since: 1, order: 1, hasAnswered: true };
const report = {
  type: "patch",
  from: "a",
  term: 1,
  isHidden: false,
  isCertain: true,
  retryAfterMs: { builds: 60_000 },
  isWhole: true,
  active: [active],
  ended: [ended],
  gone: ["run:r2"],
  connection: { runs: source, builds: { ...source, clockOffsetMs: -5, error: "HTTP 500" } },
};
const job = run("r1", "pending", { createdAt: 1 });

const event = { type: "event", from: "a", term: 1, source: "runs", event: "run-log", data: "{}" };

const wellFormed: unknown[] = [
  report,
  {
    type: "patch",
    from: "a",
    term: 1,
    isHidden: true,
    isCertain: false,
    retryAfterMs: {},
    isWhole: false,
    ...empty(),
  },
  { type: "hello" },
  { type: "hint", job },
  { type: "readState", keys: ["run:r1"], readState: "read" },
  { type: "listen", events: [{ source: "runs", event: "run-log" }] },
  event,
  { type: "refresh" },
  { type: "ended" },
  { type: "outdated", from: "a", term: 1 },
  { type: "visible" },
  { type: "hidden" },
];

function empty() {
  return { active: [], ended: [], gone: [] };
}

function refuse(problem: PayloadError): never {
  throw problem;
}

const malformed: [what: string, message: unknown, says: string][] = [
  ["nothing", undefined, "tab message"],
  ["null", null, "tab message"],
  ["a text", "hello", "tab message"],
  ["a list", [{ type: "hello" }], "tab message"],
  ["no type", {}, "tab message.type"],
  ["a type of tomorrow", { type: "farewell" }, "tab message.type"],
  ["a report without jobs", { ...report, active: undefined }, "tab message.active"],
  ["a term that is no number", { ...report, term: "1" }, "tab message.term"],
  ["a term without end", { ...report, term: Infinity }, "tab message.term"],
  ["a term that is no moment", { ...report, term: 9e15 }, "tab message.term"],
  ["a hint without a job", { type: "hint" }, "tab message.job"],
  ["a hint whose id is a number", { type: "hint", job: { ...job, id: 42 } }, "hint.id"],
  ["an event without data", { ...event, data: undefined }, "tab message.data"],
  ["an event without a leader", { ...event, from: undefined }, "tab message.from"],
  ["an outdated without a leader", { type: "outdated", term: 1 }, "tab message.from"],
];

const unreadableActive: [what: string, wrong: object, says: string][] = [
  ["no status", { status: undefined }, "status"],
  ["a start that is no number", { startedAt: Number.NaN }, "startedAt"],
  ["a start beyond all dates", { startedAt: 9e15 }, "startedAt"],
  ["a first sight beyond all dates", { firstSeenAt: -9e15 }, "firstSeenAt"],
  ["a key of another id", { key: "run:r2" }, ": expected the key"],
  ["a key of another kind", { key: "build:r1" }, ": expected the key"],
  ["a kind of which nobody knows", { key: "deploy:r1", kind: "deploy" }, ": expected a job of"],
  ["an id of a megabyte", { id: "x".repeat(1_000_000) }, "id"],
  ["a status that reads as another one", { status: "\u202egninnur" }, "status"],
  ["a title that is a number", { title: 7 }, "title"],
];
const unreadableEnded: typeof unreadableActive = [
  ["an end beyond all dates", { endedAt: 9e15 }, "endedAt"],
  ["a length below nothing", { durationMs: -1 }, "durationMs"],
  ["an attention that is none", { readState: "seen" }, "readState"],
  ["a key of another id", { key: "build:b2" }, ": expected the key"],
];

describe("of what a report lists, an entry with", () => {
  const good = { ...active, key: "run:r3", id: "r3" };
  const goodEnd = { ...ended, key: "build:b3", id: "b3" };

  it.each(unreadableActive)("%s costs only itself", (_, wrong, says) => {
    const { report: onProblem, messages } = collectProblems();
    const given = { ...report, active: [{ ...active, ...wrong }, good] };
    expect(parseTabMessage(given, kinds, onProblem)).toEqual({ ...report, active: [good] });
    expect(messages()).toEqual([expect.stringContaining("tab message.active")]);
    expect(messages()[0]).toContain(says);
  });

  it.each(unreadableEnded)("%s costs only itself among those that have ended", (_, wrong, says) => {
    const { report: onProblem, messages } = collectProblems();
    const given = { ...report, ended: [{ ...ended, ...wrong }, goodEnd] };
    expect(parseTabMessage(given, kinds, onProblem)).toEqual({ ...report, ended: [goodEnd] });
    expect(messages()).toEqual([expect.stringContaining("tab message.ended")]);
    expect(messages()[0]).toContain(says);
  });

  it("a key that is none costs only itself", () => {
    const { report: onProblem, messages } = collectProblems();
    const gone = parseTabMessage({ ...report, gone: ["r2", "run:r2"] }, kinds, onProblem);
    const read = { type: "readState", keys: [7, "run:r1"], readState: "read" };
    expect(gone).toEqual(report);
    expect(parseTabMessage(read, kinds, onProblem)).toEqual({ ...read, keys: ["run:r1"] });
    expect(messages().map((text) => text.slice(0, 16))).toEqual([
      "tab message.gone",
      "tab message.keys",
    ]);
  });

  it("what is of a kind that tabs do not share is left out: a hint, a job that is gone", () => {
    const { report: onProblem, messages } = collectProblems();
    const gone = parseTabMessage({ ...report, gone: ["run:r2", "upload:1"] }, kinds, onProblem);
    expect(gone).toEqual(report);
    const hint = { type: "hint", job: deploy("d1", "running") };
    expect(() => parseTabMessage(hint, kinds, onProblem)).toThrow(
      "a job of a kind that tabs share",
    );
    expect(messages()).toEqual([expect.stringContaining("tab message.gone")]);
  });

  it("an event that is none costs only itself", () => {
    const { report: onProblem, messages } = collectProblems();
    const listen = { type: "listen", events: [{ source: "runs", event: "run-log" }] };
    const given = { ...listen, events: [7, { source: "runs" }, ...listen.events] };
    expect(parseTabMessage(given, kinds, onProblem)).toEqual(listen);
    expect(messages()).toHaveLength(2);
  });

  it.each([
    ["a status of a source that is none", { runs: { ...source, status: "fine" }, builds: source }],
    ["a time of a source that is none", { runs: { ...source, since: 9e15 }, builds: source }],
    ["a source that is none", { runs: source, builds: 7 }],
  ])("%s costs the jobs nothing", (_, connection) => {
    const { report: onProblem, messages } = collectProblems();
    const { connection: __, ...rest } = report;
    expect(parseTabMessage({ ...rest, connection }, kinds, onProblem)).toEqual(rest);
    expect(messages()).toEqual([expect.stringContaining("tab message.connection")]);
  });

  it("a hint's time that is none costs no more than that time", () => {
    const { report: onProblem, messages } = collectProblems();
    const hint = { type: "hint", job: { ...job, startedAt: "noon" } };
    expect(parseTabMessage(hint, kinds, onProblem)).toEqual({ type: "hint", job });
    expect(messages()).toEqual([expect.stringContaining("run.startedAt")]);
  });

  it("one cause has one name, wherever it stands", () => {
    const { report: onProblem, problems } = collectProblems();
    const wrong = { ...active, startedAt: 9e15 };
    parseTabMessage(
      { ...report, active: [wrong, good, { ...wrong, startedAt: -9e15 }] },
      kinds,
      onProblem,
    );
    expect(new Set(problems.map(({ problem }) => problem)).size).toBe(1);
    expect(problems).toHaveLength(2);
  });

  it("texts that are shown has them made as clean as the server's", () => {
    const { report: onProblem, problems } = collectProblems();
    const text = `\u202eshop\n${"x".repeat(1_000)}`;
    const shown = { ...active, title: text, label: `Server running (${text})` };
    const failed = { ...ended, error: text };
    const given = { ...report, active: [shown], ended: [failed] };
    const parsed = JSON.stringify(parseTabMessage(given, kinds, onProblem));
    expect(parsed).toContain('"title":"shop x');
    expect(parsed).not.toMatch(/[\u202e\n]|\\n|x{500}/);
    expect(problems).toEqual([]);
  });
});

describe("a tab message", () => {
  it.each(wellFormed.map((message) => [JSON.stringify(message).slice(0, 60), message]))(
    "%s is taken as it is",
    (_, message) => {
      expect(parseTabMessage(message, kinds, refuse)).toEqual(message);
    },
  );

  it.each(malformed)("that is %s is refused, with the place", (_, message, says) => {
    expect(() => parseTabMessage(message, kinds, refuse)).toThrow(PayloadError);
    expect(() => parseTabMessage(message, kinds, refuse)).toThrow(says);
  });

  it("loses fields that this version does not know", () => {
    expect(parseTabMessage({ type: "hello", colour: "red" }, kinds, refuse)).toEqual({
      type: "hello",
    });
  });
});

async function openTwo() {
  const browser = createFakeBrowser();
  const leader = await browser.open();
  leader.answer({ runs: [runJob("r1", "running")] });
  const follower = await browser.open();
  const say = (data: unknown) =>
    browser.channels.say(browser.channels.names()["tab-0"] ?? "", data);
  return { browser, leader, follower, say };
}

describe("on the channel, a malformed message", () => {
  it("is dropped alone: what comes before and after it is taken", async () => {
    const { browser, leader, follower, say } = await openTwo();
    for (const [, message] of malformed.filter(([, data]) => data !== undefined)) say(message);
    leader.environment.source().update(runJob("r1", "stopping"));
    await browser.advance(16);
    expect(follower.active()).toEqual(["Stopping server…"]);
    expect(browser.leaders()).toHaveLength(1);
  });

  it("costs a tab that joins no more than the entries of it that cannot be read", async () => {
    const { browser, leader, follower, say } = await openTwo();
    leader.freeze();
    const word = { from: "z", term: leader.environment.now() + 60_000 };
    const bad = { ...active, key: "run:bad", id: "bad", startedAt: Number.NaN };
    for (let times = 0; times < 3; times += 1) say({ ...report, ...word, active: [bad, active] });
    await browser.settle();
    expect(Object.keys(follower.store.getState().backendJobs)).toEqual(["run:r1"]);
    expect(follower.connection()).toEqual({ runs: "live", builds: "live" });
    expect(follower.problems.map(({ message }) => message)).toEqual([
      "tab message.active.startedAt: expected a time in epoch ms, such as Date.now(), got NaN",
    ]);
  });

  it("is reported once for each cause, in every tab", async () => {
    const { browser, leader, follower, say } = await openTwo();
    for (let times = 0; times < 3; times += 1) {
      say({ type: "farewell" });
      say({ ...report, term: "1" });
    }
    await browser.settle();
    for (const { problems } of [leader, follower]) {
      expect(problems.map(({ message }) => message)).toEqual([
        expect.stringContaining("tab message.type"),
        expect.stringContaining("tab message.term"),
      ]);
    }
  });

  it("leaves the connection as it is, save that it names what was wrong", async () => {
    const { browser, follower, say } = await openTwo();
    say({ type: "farewell" });
    await browser.settle();
    expect(follower.connection()).toEqual({ runs: "live", builds: "live" });
    expect(follower.store.getState().connection.runs?.error).toContain("tab message.type");
  });
});

async function nameOf(options: { baseUrl?: string; session?: string }) {
  const browser = createFakeBrowser();
  await browser.open(options);
  const [lock] = Object.keys(browser.locks.holders());
  const [channel] = Object.values(browser.channels.names());
  expect(lock).toBe(channel);
  return lock;
}

describe("the name of the lock and of the channel", () => {
  it("tells base URLs, sessions and versions of the messages apart", async () => {
    const names = [
      await nameOf({}),
      await nameOf({ baseUrl: "/other" }),
      await nameOf({ session: "ada" }),
      await nameOf({ session: "bob" }),
      await nameOf({ baseUrl: "/other", session: "ada" }),
      // As one text these two would be the same.
      await nameOf({ baseUrl: '/a","b', session: "c" }),
      await nameOf({ baseUrl: "/a", session: 'b","c' }),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(JSON.parse(name ?? "")).toContain(protocolVersion);
  });

  it("is the same however the base URL ends", async () => {
    expect(await nameOf({ baseUrl: "/api/" })).toBe(await nameOf({ baseUrl: "/api" }));
  });

  it("keeps two sessions apart: two streams, and neither hears of the other's jobs", async () => {
    const browser = createFakeBrowser();
    const ada = await browser.open({ session: "ada" });
    const bob = await browser.open({ session: "bob" });
    ada.answer({ runs: [runJob("r1", "running")] });
    bob.answer();
    await browser.settle();
    expect(browser.leaders()).toHaveLength(2);
    expect(ada.active()).toEqual(["Server running (shop)"]);
    expect(bob.active()).toEqual([]);
    ada.sync.signOut();
    await browser.settle();
    expect(bob.isLeading()).toBe(true);
    expect(bob.calls.unauthorized).toBe(0);
  });
});
