import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PayloadError, reporting } from "../../src/jobs/payload.ts";
import { parseBuildList, parseRunInit, parseRunUpdate } from "../support/jobs/wire.ts";
import { collectProblems } from "../support/jobs/jobProblems.ts";
import { many, wireBuild, wireRun } from "../support/jobs/jobs.ts";

const first = { ...wireBuild, id: "first" };
const last = { ...wireBuild, id: "last" };

/** What is left of `entries` between two good neighbours, and what was reported. */
function parseBetween(...entries: unknown[]) {
  const { report, problems, messages } = collectProblems();
  const body = JSON.stringify({ builds: [first, ...entries, last] });
  const jobs = parseBuildList(JSON.parse(body), report);
  return { ids: jobs.map((job) => job.id), jobs, problems, messages: messages() };
}

describe("one bad entry costs only itself", () => {
  it.each([
    ["null", null],
    ["a number", 7],
    ["a text", "b1"],
    ["a list", [wireBuild]],
    ["an empty object", {}],
    ["no id", { ...wireBuild, id: undefined }],
    ["an id that is null", { ...wireBuild, id: null }],
    ["an id that is a number", { ...wireBuild, id: 7 }],
    ["an empty id", { ...wireBuild, id: "" }],
    ["an id of a megabyte", { ...wireBuild, id: "x".repeat(1_000_000) }],
    ["no status", { ...wireBuild, status: undefined }],
    ["a status that is null", { ...wireBuild, status: null }],
    ["a status that is a number", { ...wireBuild, status: 1 }],
    ["a status that reads as another one", { ...wireBuild, status: "\u202egninnur" }],
    ["a status of a megabyte", { ...wireBuild, status: "x".repeat(1_000_000) }],
    ["a project that is an object", { ...wireBuild, projectId: { id: "shop" } }],
  ])("%s", (_, entry) => {
    const { ids, problems } = parseBetween(entry);
    expect(ids).toEqual(["first", "last"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toBeInstanceOf(PayloadError);
  });

  it("a project of a megabyte costs the job no more than that", () => {
    const { jobs, problems } = parseBetween({ ...wireBuild, projectId: "x".repeat(1_000_000) });
    expect(jobs.map(({ target }) => target)).toEqual(["shop", undefined, "shop"]);
    expect(problems).toHaveLength(1);
  });

  it("a second entry of the same id", () => {
    const { jobs, problems } = parseBetween({ ...wireBuild, id: "first", status: "failed" });
    expect(jobs.map(({ id, status }) => [id, status])).toEqual([
      ["first", "running"],
      ["last", "running"],
    ]);
    expect(problems).toHaveLength(1);
  });

  it("a thousand among a thousand good ones", () => {
    const { report, problems } = collectProblems();
    const runs = many(2_000, (n) => (n % 2 === 0 ? { ...wireRun, id: `r${n}` } : { id: n }));
    expect(parseRunInit(JSON.stringify({ runs }), report)).toHaveLength(1_000);
    expect(problems).toHaveLength(1_000);
    expect(new Set(problems.map(({ problem }) => problem)).size).toBe(1);
  });
});

describe("what is odd but does not cost the job", () => {
  it("keeps a job of unknown status, and reports it", () => {
    const { jobs, messages } = parseBetween({ ...wireBuild, id: "odd", status: "paused" });
    expect(jobs[1]).toMatchObject({ id: "odd", status: "paused" });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^build\.status: expected .*"pending".*"running".*"paused"$/);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "does not take %s for a status that it knows",
    (status) => {
      const { jobs, problems } = parseBetween({ ...wireBuild, id: "odd", status });
      expect(jobs[1]?.status).toBe(status);
      expect(problems).toHaveLength(1);
    },
  );

  it.each(["createdAt", "startedAt", "finishedAt"] as const)(
    "keeps a job whose %s is no date, and reports it",
    (field) => {
      for (const date of ["yesterday", "", 1_767_614_400_000, {}, true]) {
        const { jobs, messages } = parseBetween({ ...wireBuild, id: "odd", [field]: date });
        expect(jobs[1]).toMatchObject({ id: "odd", status: "running" });
        expect(jobs[1]).not.toHaveProperty(field);
        expect(messages).toHaveLength(1);
        expect(messages[0]).toMatch(new RegExp(`^build\\.${field}: expected .*ISO 8601`));
      }
    },
  );

  it.each(["Tuesday 7", "7", "2026-13-45T99:00:00Z"])(
    "does not take %j for a date",
    (startedAt) => {
      const { jobs, problems } = parseBetween({ ...wireBuild, id: "odd", startedAt });
      expect(jobs[1]).not.toHaveProperty("startedAt");
      expect(problems).toHaveLength(1);
    },
  );

  it("keeps jobs with the ids __proto__ and constructor as any other", () => {
    const runs = ["__proto__", "constructor", "prototype"].map((id) =>
      Object.assign({}, wireRun, { id }),
    );
    const { report, problems } = collectProblems();
    const jobs = parseRunInit(JSON.stringify({ runs }), report);
    expect(jobs.map((job) => job.id)).toEqual(["__proto__", "constructor", "prototype"]);
    expect(problems).toEqual([]);
  });

  it("is not deceived by a __proto__ field that brings what is missing", () => {
    const data = '{"runs":[{"id":"r1","__proto__":{"status":"running"}}]}';
    const { report, problems } = collectProblems();
    expect(parseRunInit(data, report)).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});

describe("the message", () => {
  it.each([
    ["an id that is a number", { ...first, id: 7 }, /^build\.id: expected .*string.*, got 7$/i],
    ["no id", { ...first, id: undefined }, /^build\.id: expected an? .+, got undefined$/i],
    ["a list as status", { ...first, status: [] }, /^build\.status: .*string.*, got an array$/i],
    ["an entry that is a text", "b1", /^build: expected .*object.*, got "b1"$/i],
  ])("names field, expectation and value of %s", (_, entry, message) => {
    expect(parseBetween(entry).messages[0]).toMatch(message);
  });

  it("says the same problem of the same cause, wherever it stood and whatever it was", () => {
    const { problems } = parseBetween({ ...wireBuild, id: 7 }, wireBuild, { ...wireBuild, id: {} });
    expect(problems.map(({ problem }) => problem)).toEqual(Array(2).fill(problems[0]?.problem));
  });

  it("tells an unknown status from a missing one", () => {
    const { problems } = parseBetween({ ...wireBuild, id: "odd", status: "paused" }, { id: "b9" });
    expect(new Set(problems.map(({ problem }) => problem)).size).toBe(2);
  });
});

it("no neighbour of anything is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (entries) => {
      expect(parseBetween(...entries).ids).toEqual(expect.arrayContaining(["first", "last"]));
    }),
  );
});

it("whatever comes, the parsers give jobs or throw a PayloadError", () => {
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom("running", "__proto__", "failed"));
  const entry = fc.oneof(
    fc.jsonValue(),
    fc.record({ id: field, status: field, projectId: field, startedAt: field, error: field }),
  );
  const messages = fc.oneof(
    fc.string(),
    fc.record({ runs: fc.array(entry), run: entry, builds: fc.array(entry) }).map((body) => {
      return JSON.stringify(body);
    }),
  );
  fc.assert(
    fc.property(messages, (data) => {
      const { report, problems } = collectProblems();
      for (const parse of [parseRunInit, parseRunUpdate]) {
        reporting(() => parse(data, report), report);
      }
      expect(problems.every((problem) => problem.message.length < 500)).toBe(true);
    }),
  );
});
