import { parseJob } from "../../src/jobs/job.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PayloadError } from "../../src/jobs/payload.ts";
import { parseBuildList, parseEntry, parseRunInit, parseRunUpdate } from "../support/jobs/wire.ts";
import { collectProblems } from "../support/jobs/jobProblems.ts";
import { build, wireBuild, wireRun } from "../support/jobs/jobs.ts";

const ignore = () => undefined;

function problemOf(data: string): unknown {
  try {
    return parseRunInit(data, ignore);
  } catch (error) {
    return error instanceof PayloadError ? error.problem : error;
  }
}

describe("what the contract documents", () => {
  it("reads the builds of a list, with server times as epoch milliseconds", () => {
    const { problems, report } = collectProblems();
    expect(parseBuildList({ builds: [wireBuild] }, report)).toEqual([
      {
        key: "build:b1",
        kind: "build",
        id: "b1",
        noun: "Build",
        title: "shop",
        target: "shop",
        status: "running",
        word: "running",
        phase: "working",
        rank: 1,
        movesToFront: false,
        label: "Building (shop)",
        createdAt: Date.UTC(2026, 0, 5, 12, 0, 0),
        startedAt: Date.UTC(2026, 0, 5, 12, 0, 1),
      },
    ]);
    expect(problems).toEqual([]);
  });

  it("reads a build that failed, with its reason", () => {
    const failed = { ...wireBuild, status: "failed", error: "exit code 1" };
    const finished = { ...failed, finishedAt: "2026-01-05T12:00:09.000Z" };
    expect(parseEntry("build", finished, ignore)).toMatchObject({
      status: "failed",
      error: "exit code 1",
      finishedAt: Date.UTC(2026, 0, 5, 12, 0, 9),
    });
  });

  it("reads the runs of an init event", () => {
    const runs = parseRunInit(JSON.stringify({ runs: [wireRun] }), ignore);
    expect(runs).toMatchObject([{ kind: "run", id: "r1", target: "shop", status: "running" }]);
  });

  it("reads the run of a run-update event", () => {
    const update = { run: { ...wireRun, status: "stopping" } };
    const run = parseRunUpdate(JSON.stringify(update), ignore);
    expect(run).toMatchObject({ kind: "run", id: "r1", status: "stopping" });
  });

  it.each(["pending", "running", "stopping", "stopped", "succeeded", "failed"])(
    "knows a run that is %s",
    (status) => {
      const { problems, report } = collectProblems();
      expect(parseEntry("run", { ...wireRun, status }, report).status).toBe(status);
      expect(problems).toEqual([]);
    },
  );

  it("reads empty lists", () => {
    expect(parseBuildList({ builds: [] }, ignore)).toEqual([]);
    expect(parseRunInit('{"runs":[]}', ignore)).toEqual([]);
  });

  it("ignores further fields, a run's log among them", () => {
    const { problems, report } = collectProblems();
    const run = parseEntry("run", { ...wireRun, buildId: "b1", priority: 3, logs: 7 }, report);
    for (const field of ["buildId", "priority", "logs", "projectId"])
      expect(run).not.toHaveProperty(field);
    expect(problems).toEqual([]);
  });

  it("reads a job of which nothing but id and status is known", () => {
    const { problems, report } = collectProblems();
    const bare = { id: "b1", status: "pending" };
    const job = parseEntry("build", bare, report);
    expect(job).toMatchObject({ kind: "build", ...bare, label: "Build queued…" });
    for (const field of ["title", "target", "createdAt", "error"])
      expect(job).not.toHaveProperty(field);
    expect(problems).toEqual([]);
  });
});

function parseStart(startedAt: unknown) {
  const { problems, report } = collectProblems();
  const job = parseEntry("build", { ...wireBuild, startedAt }, report);
  return { startedAt: job.startedAt, problems };
}

describe("a time", () => {
  const noon = Date.UTC(2026, 10, 27, 10);

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["2026-11-27T10:00:00Z", noon],
    ["2026-11-27T10:00:00", noon],
    ["2026-11-27T10:00", noon],
    ["2026-11-27T10:00:00.5", noon + 500],
    ["2026-11-27T10:00:00.123456789Z", noon + 123],
    ["2026-11-27T15:30:00+05:30", noon],
    ["2026-11-27T15:30:00+0530", noon],
    ["2026-11-27T05:00:00-05:00", noon],
  ])("%s is UTC unless it says otherwise, wherever the browser is", (text, time) => {
    vi.stubEnv("TZ", "Asia/Kolkata");
    expect(new Date(noon).getTimezoneOffset()).toBe(-330);
    expect(parseStart(text)).toEqual({ startedAt: time, problems: [] });
  });

  it.each([
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00.0000000Z",
    "1970-01-01T00:00:00Z",
    "1970-01-01T00:00:00.000+00:00",
  ])("%s is not set: absent, and no problem", (text) => {
    expect(parseStart(text)).toEqual({ startedAt: undefined, problems: [] });
  });

  it.each([
    "+275760-09-13T00:00:00.001Z",
    "2026-11-27T10:00:00 (noon)",
    "2026-11-27T10:00:00CET",
    "2026-11-27T10:00:00Z\n",
    "2026-11-27T25:00:00",
  ])("%s is none", (text) => {
    const { startedAt, problems } = parseStart(text);
    expect(startedAt).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

describe("a hint", () => {
  it("is made anew of the fields that are known", () => {
    const { problems, report } = collectProblems();
    const job = build("b1", "running", { createdAt: 1, startedAt: 2, finishedAt: 3, error: "no" });
    const given = { ...job, cancel() {}, logs: [] };
    expect(parseJob(given, report)).toStrictEqual(job);
    expect(problems).toEqual([]);
  });

  it("is as clean as what the server sends", () => {
    const { problems, report } = collectProblems();
    const projectId = `\u202eshop\n${"x".repeat(1_000)}`;
    const hint = parseJob(build("b1", "failed", { projectId, error: "a\u0000b" }), report);
    expect(hint.title).toMatch(/^shop x+…$/);
    expect(hint.error).toBe("a b");
    expect(problems).toEqual([]);
  });

  it.each([Number.NaN, Infinity, 8.64e15 + 1, -9e15, "noon", new Date(), true])(
    "keeps its job when its time is %s, which is none",
    (startedAt) => {
      const { messages, report } = collectProblems();
      const hint = parseJob({ ...build("b1", "running"), startedAt }, report);
      expect(hint).toStrictEqual(build("b1", "running"));
      expect(messages()).toEqual([
        expect.stringMatching(/^build\.startedAt: expected an? (?:ISO 8601 )?time/),
      ]);
    },
  );

  it.each([0, Date.parse("0001-01-01T00:00:00Z"), undefined, null])(
    "has no start where it says %s",
    (startedAt) => {
      const { problems, report } = collectProblems();
      const given = { ...build("b1", "running"), startedAt };
      expect(parseJob(given, report)).toStrictEqual(build("b1", "running"));
      expect(problems).toEqual([]);
    },
  );

  it.each([
    ["no id", { id: undefined }, /^hint\.id: /],
    ["an id that is a number", { id: 42 }, /^hint\.id: expected a string, got 42$/],
    ["an id of a megabyte", { id: "x".repeat(1_000_000) }, /^hint\.id: /],
    ["the key of another kind", { kind: "deploy" }, /^hint\.key: expected the key "<kind>:<id>"/],
    ["no status", { status: "" }, /^hint\.status: /],
    ["a project with a method", { title: { name: () => "shop" } }, /^hint\.title: /],
  ])("with %s is none", (_, wrong, message) => {
    expect(() => parseJob({ ...build("b1", "running"), ...wrong }, ignore)).toThrow(message);
    expect(() => parseJob({ ...build("b1", "running"), ...wrong }, ignore)).toThrow(PayloadError);
  });

  it.each([null, undefined, 42, "b1", () => build("b1", "running")])("is not %s", (given) => {
    expect(() => parseJob(given, ignore)).toThrow(PayloadError);
  });
});

describe("what is no message at all", () => {
  it.each([null, undefined, 7, "builds", [], {}, { builds: null }, { builds: {} }, { runs: [] }])(
    "throws a PayloadError for the build list %j",
    (body) => {
      expect(() => parseBuildList(body, ignore)).toThrow(PayloadError);
    },
  );

  it.each(["", "{", "undefined", "null", "7", "[]", "{}", '{"runs":{}}', '{"runs":"r1"}'])(
    "throws a PayloadError for the init event %j",
    (data) => {
      expect(() => parseRunInit(data, ignore)).toThrow(PayloadError);
    },
  );

  it.each(["", "}", "null", '"run"', "{}", '{"run":null}', '{"run":[]}', '{"run":{"id":"r1"}}'])(
    "throws a PayloadError for the run-update event %j",
    (data) => {
      expect(() => parseRunUpdate(data, ignore)).toThrow(PayloadError);
    },
  );

  it("has one problem for all that is not JSON", () => {
    expect(problemOf("<html>")).toBe(problemOf("<title>Bad gateway"));
    expect(problemOf("<html>")).not.toBe(problemOf("{}"));
  });
});
