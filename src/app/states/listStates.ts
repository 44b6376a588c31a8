import { longBuild, usualBuilds } from "./chipStates.ts";
import type { ScriptedJob, StateScript } from "./stateScript.ts";

const failure: ScriptedJob = {
  kind: "build",
  project: "api",
  status: "failed",
  startedAgo: 151,
  took: 31,
  error:
    "src/server.ts(12,3): error TS2322: Type 'string' is not assignable to type 'number'. " +
    "src/server.ts(48,7): error TS2554: Expected 2 arguments, but got 1. npm run build exited with 2",
};
const ended = (kind: "build" | "run", project: string, startedAgo: number, took: number) => ({
  kind,
  project,
  status: kind === "run" ? "stopped" : "succeeded",
  startedAgo,
  took,
});
const queued = (project: string, startedAgo: number): ScriptedJob => ({
  kind: "build",
  project,
  status: "pending",
  startedAgo,
});
const serving = (project: string, startedAgo: number): ScriptedJob => ({
  kind: "run",
  project,
  status: "running",
  startedAgo,
});

/** The list with every section and every kind of row. */
const fullList: StateScript = {
  title: "Every section",
  jobs: [
    ended("run", "landing", 5_000, 1_325),
    ...usualBuilds,
    ...[900, 600, 240].map((startedAgo) => ended("build", "storefront", startedAgo, 64)),
    failure,
    {
      kind: "deploy",
      project: "shop",
      status: "review",
      startedAgo: 130,
      message: "Approve the release to go on.",
    },
    serving("docs-site", 7_807),
    longBuild,
    { kind: "deploy", project: "storefront", status: "running", startedAgo: 42, progress: 0.62 },
    queued("landing", 12),
    queued("api", 8),
  ],
  request: "Scanning assets • docs-site",
};

const manyJobs: StateScript = {
  title: "Forty jobs",
  jobs: [
    ended("build", "svc-20", 9, 4),
    ...Array.from({ length: 18 }, (_, index) => serving(`svc-${index + 10}`, 7_800 - 200 * index)),
    { kind: "build", project: "svc-01", status: "running", startedAgo: 3 },
    ...Array.from({ length: 20 }, (_, index) => queued(`svc-${index + 30}`, 40 - index)),
  ],
};

/** Every state of the list. */
export const listStates: readonly StateScript[] = [
  fullList,
  manyJobs,
  {
    title: "Last known",
    jobs: [
      { kind: "run", project: "docs-site", status: "stopping", startedAgo: 7_807 },
      {
        kind: "build",
        project: "a-project-with-a-very-long-name",
        status: "running",
        startedAgo: 42,
      },
    ],
    connection: "lost",
  },
  {
    title: "A server that cannot be stopped",
    jobs: [{ kind: "run", project: "docs-site", status: "running", startedAgo: 7_807 }],
    byHand: ["Deploying shop to staging"],
    refusal: "it is being deployed (HTTP 409)",
  },
  { title: "One server, all day", jobs: [serving("storefront", 22_320)] },
  { title: "Nothing" },
  { title: "Not known yet", connection: "connecting" },
  { title: "Signed out", connection: "off", request: "Signing in" },
];
