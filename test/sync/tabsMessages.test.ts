import { describe, expect, it } from "vitest";
import { PayloadError } from "../../src/jobs/PayloadError.ts";
import { parseTabMessage, protocolVersion } from "../../src/sync/tabMessages.ts";
import { createFakeBrowser } from "../support/tabsFakeBrowser.ts";
import { runJob } from "../support/syncWire.ts";

const active = {
  key: "run:r1",
  kind: "run",
  id: "r1",
  status: "running",
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
  endedAt: 1,
  order: 2,
  seenActive: true,
  attention: "unread",
  isListedOnly: false,
};
const source = { status: "live", since: 1, order: 1, hasAnswered: true };
const report = {
  type: "report",
  from: "a",
  term: 1,
  isHidden: false,
  isCertain: true,
  isWhole: true,
  active: [active],
  ended: [ended],
  gone: ["run:r2"],
  connection: { runs: source, builds: { ...source, clockOffsetMs: -5, error: "HTTP 500" } },
};
const job = { kind: "run", id: "r1", status: "pending", projectId: "shop", createdAt: 1 };

const wellFormed: unknown[] = [
  report,
  {
    type: "report",
    from: "a",
    term: 1,
    isHidden: true,
    isCertain: false,
    isWhole: false,
    ...empty(),
  },
  { type: "hello" },
  { type: "hint", job },
  { type: "attention", keys: ["run:r1"], attention: "read" },
  { type: "refresh" },
  { type: "ended" },
  { type: "outdated", from: "a", term: 1 },
];

function empty() {
  return { active: [], ended: [], gone: [] };
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
  [
    "a job without status",
    { ...report, active: [active, { ...active, status: undefined }] },
    "tab message.active.1.status",
  ],
  ["a key that is none", { ...report, gone: ["r2"] }, "tab message.gone.0"],
  [
    "an attention that is none",
    { ...report, ended: [{ ...ended, attention: "seen" }] },
    "tab message.ended.0.attention",
  ],
  [
    "a status of a source that is none",
    { ...report, connection: { runs: { ...source, status: "fine" }, builds: source } },
    "tab message.connection.runs.status",
  ],
  ["half a connection", { ...report, connection: { runs: source } }, "tab message.connection"],
  ["a hint without a job", { type: "hint" }, "tab message.job"],
  [
    "a hint whose time is a text",
    { type: "hint", job: { ...job, startedAt: "noon" } },
    "tab message.job.startedAt",
  ],
  ["an outdated without a leader", { type: "outdated", term: 1 }, "tab message.from"],
];

describe("a tab message", () => {
  it.each(wellFormed.map((message) => [JSON.stringify(message).slice(0, 60), message]))(
    "%s is taken as it is",
    (_, message) => {
      expect(parseTabMessage(message)).toEqual(message);
    },
  );

  it.each(malformed)("that is %s is refused, with the place", (_, message, says) => {
    expect(() => parseTabMessage(message)).toThrow(PayloadError);
    expect(() => parseTabMessage(message)).toThrow(says);
  });

  it("loses fields that this version does not know", () => {
    expect(parseTabMessage({ type: "hello", colour: "red" })).toEqual({ type: "hello" });
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
    expect(follower.store.getState().connection.runs.error).toContain("tab message.type");
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
