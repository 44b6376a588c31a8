import { describe, expect, it } from "vitest";
import { PayloadError } from "../../src/jobs/PayloadError.ts";
import { parseBuildList, parseJob, parseRunInit, parseRunUpdate } from "../../src/jobs/wire.ts";
import { collectProblems } from "../support/jobProblems.ts";
import { wireBuild, wireRun } from "../support/jobs.ts";

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
        kind: "build",
        id: "b1",
        projectId: "shop",
        status: "running",
        createdAt: Date.UTC(2026, 0, 5, 12, 0, 0),
        startedAt: Date.UTC(2026, 0, 5, 12, 0, 1),
      },
    ]);
    expect(problems).toEqual([]);
  });

  it("reads a build that failed, with its reason", () => {
    const failed = { ...wireBuild, status: "failed", error: "exit code 1" };
    const finished = { ...failed, finishedAt: "2026-01-05T12:00:09.000Z" };
    expect(parseJob("build", finished, ignore)).toMatchObject({
      status: "failed",
      error: "exit code 1",
      finishedAt: Date.UTC(2026, 0, 5, 12, 0, 9),
    });
  });

  it("reads the runs of an init event", () => {
    const runs = parseRunInit(JSON.stringify({ runs: [wireRun] }), ignore);
    expect(runs).toMatchObject([{ kind: "run", id: "r1", projectId: "shop", status: "running" }]);
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
      expect(parseJob("run", { ...wireRun, status }, report).status).toBe(status);
      expect(problems).toEqual([]);
    },
  );

  it("reads empty lists", () => {
    expect(parseBuildList({ builds: [] }, ignore)).toEqual([]);
    expect(parseRunInit('{"runs":[]}', ignore)).toEqual([]);
  });

  it("ignores further fields, a run's log among them", () => {
    const { problems, report } = collectProblems();
    const run = parseJob("run", { ...wireRun, buildId: "b1", priority: 3, logs: 7 }, report);
    expect(Object.keys(run).toSorted()).toEqual(
      ["createdAt", "id", "kind", "projectId", "startedAt", "status"].toSorted(),
    );
    expect(problems).toEqual([]);
  });

  it("reads a job of which nothing but id and status is known", () => {
    const { problems, report } = collectProblems();
    const bare = { id: "b1", status: "pending" };
    expect(parseJob("build", bare, report)).toEqual({ kind: "build", ...bare });
    expect(problems).toEqual([]);
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
