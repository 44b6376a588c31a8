import * as v from "valibot";
import type { BuildJob, BuildStatus, RunJob, RunStatus } from "./contract.ts";
import { defineJobKind, type JobFields } from "./defineJobKind.ts";
import { aList, parseAs, readId, readObject, readStatus, readText } from "./payload.ts";

function readEntry<Name extends string>(kind: string, given: object): JobFields<Name> {
  const entry = readObject(kind, given);
  const projectId = readText(`${kind}.projectId`, entry["projectId"]);
  return {
    id: readId(`${kind}.id`, entry["id"]),
    title: projectId,
    target: projectId,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looked up in the kind's table
    status: readStatus(`${kind}.status`, entry["status"]) as Name,
    error: entry["error"],
    createdAt: asText(entry["createdAt"]),
    startedAt: asText(entry["startedAt"]),
    finishedAt: asText(entry["finishedAt"]),
  };
}

// The contract has times as texts. A number would pass for epoch ms, so it is made a text that is no
// time, and is reported.
function asText(time: unknown): string | null | undefined {
  if (time === undefined || time === null) return time;
  return typeof time === "string" ? time : JSON.stringify(time);
}

/** The kind of the contract's builds. */
export const builds = defineJobKind({
  name: "build",
  noun: "Build",
  statuses: {
    pending: { phase: "queued", word: "queued", label: "Build queued…" },
    running: {
      phase: "working",
      label: ({ title }) => (title === undefined ? "Building…" : `Building (${title})`),
    },
    succeeded: "succeeded",
    failed: "failed",
  },
  unknownStatus: "ended",
  parse: (build: BuildJob) => readEntry<BuildStatus>("build", build),
});

/** The kind of the contract's runs: servers that a person started. */
export const runs = defineJobKind({
  name: "run",
  noun: "Server",
  statuses: {
    pending: { phase: "working", word: "starting", label: "Starting server…" },
    running: {
      phase: "steady",
      label: ({ title }) => (title === undefined ? "Server running…" : `Server running (${title})`),
    },
    // The user has just asked for the stop, so it is shown before older work.
    stopping: { phase: "working", label: "Stopping server…", movesToFront: true },
    stopped: "stopped",
    succeeded: "succeeded",
    failed: "failed",
  },
  unknownStatus: "ended",
  parse: (run: RunJob) => readEntry<RunStatus>("run", run),
});

/** The names of the two sources: the keys of their entries in `connection`. */
export const sourceNames = { builds: "builds", runs: "runs" } as const;

const buildList = v.object({ builds: aList }, "an object");
const runList = v.object({ runs: aList }, "an object");
const runUpdate = v.object({ run: v.unknown() }, "an object");

/** The entries in the body of `GET /builds`. @throws PayloadError if it holds no list of builds */
export function listOfBuilds(body: unknown): readonly unknown[] {
  return parseAs(buildList, "answer", body).builds;
}

/** The entries in an `init` event. @throws PayloadError if it holds no list of runs */
export function listOfRuns(data: unknown): readonly unknown[] {
  return parseAs(runList, "init", data).runs;
}

/** The entry in a `run-update` event. @throws PayloadError if it holds no run */
export function updatedRun(data: unknown): unknown {
  return parseAs(runUpdate, "run-update", data).run;
}
