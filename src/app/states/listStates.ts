import type { StateScript } from "./stateScript.ts";

/** The list with every section and every kind of row. */
const fullList: StateScript = {
  title: "Every section",
  jobs: [
    { kind: "run", project: "landing", status: "stopped", startedAgo: 5_400, took: 1_325 },
    { kind: "build", project: "storefront", status: "succeeded", startedAgo: 240, took: 64 },
    {
      kind: "build",
      project: "api",
      status: "failed",
      startedAgo: 95,
      took: 31,
      error: "tsc exited with 2",
    },
    { kind: "run", project: "docs-site", status: "running", startedAgo: 7_807 },
    { kind: "build", project: "storefront", status: "running", startedAgo: 42 },
    { kind: "build", project: "docs-site", status: "pending", startedAgo: 12 },
  ],
  request: "Scanning assets • docs-site",
};

/** Every state of the list. */
export const listStates: readonly StateScript[] = [
  fullList,
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
    refusal: "HTTP 409: it is being deployed",
  },
  { title: "Nothing" },
  { title: "Not known yet", connection: "connecting" },
  { title: "Signed out", connection: "off", request: "Signing in" },
];
