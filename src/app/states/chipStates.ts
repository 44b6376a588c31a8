import type { ScriptedJob, StateScript } from "./stateScript.ts";

const building: ScriptedJob = {
  kind: "build",
  project: "storefront",
  status: "running",
  startedAgo: 42,
};
const serving: ScriptedJob = {
  kind: "run",
  project: "storefront",
  status: "running",
  startedAgo: 7_807,
};
const failed: ScriptedJob = {
  kind: "build",
  project: "api",
  status: "failed",
  startedAgo: 95,
  took: 31,
  error: "tsc exited with 2",
};
const deploying: ScriptedJob = {
  kind: "deploy",
  project: "storefront",
  status: "running",
  startedAgo: 64,
  progress: 0.62,
};
const waiting: ScriptedJob = {
  kind: "deploy",
  project: "shop",
  status: "review",
  startedAgo: 130,
  message: "Approve the release to go on.",
};
/** Three builds that tell how long one usually takes. */
export const usualBuilds: readonly ScriptedJob[] = [66, 64, 65].map((took, index) => ({
  kind: "build",
  project: "docs-site",
  status: "succeeded",
  startedAgo: 3_600 - 600 * index,
  took,
}));
/** A build that takes much longer than those. */
export const longBuild: ScriptedJob = {
  ...building,
  project: "docs-site",
  startedAgo: 250,
};
const elevenServers = Array.from({ length: 11 }, (_, index) => ({
  ...serving,
  project: `shop-${index + 1}`,
}));

/** The state of the chip that a header shows most. */
export const busyState: StateScript = {
  title: "Building, and two more",
  jobs: [serving, { ...serving, project: "docs-site" }, building],
};

/** The state of the chip that needs the most room. */
export const fullestState: StateScript = {
  title: "All at once",
  jobs: [failed, ...elevenServers, { ...building, project: "a-project-with-a-very-long-name" }],
  connection: "lost",
};

/** Every state of the chip. */
export const chipStates: readonly StateScript[] = [
  { title: "Idle" },
  { title: "A request", request: "Triggering build • storefront" },
  { title: "Queued", jobs: [{ ...building, status: "pending", startedAgo: 12 }] },
  { title: "Building", jobs: [building] },
  { title: "With progress", jobs: [deploying] },
  { title: "Longer than usual", jobs: [...usualBuilds, longBuild] },
  busyState,
  { title: "A server is running", jobs: [serving] },
  {
    title: "A server, while another builds",
    jobs: [
      { ...building, project: "landing" },
      { ...serving, project: "docs-site" },
    ],
  },
  { title: "A job of the host's own", byHand: ["Deploying shop to staging"] },
  { title: "A server is stopping", jobs: [{ ...serving, status: "stopping" }] },
  {
    title: "A long name, and eleven more",
    jobs: [...elevenServers, { ...building, project: "a-project-with-a-very-long-name" }],
  },
  { title: "Waiting for you", jobs: [serving, waiting] },
  { title: "Building, one waiting", jobs: [waiting, building] },
  { title: "Idle, one failed", jobs: [failed] },
  { title: "Building, one failed", jobs: [failed, building] },
  { title: "Before the first answer", connection: "connecting" },
  { title: "Last known", jobs: [serving], connection: "lost" },
  fullestState,
];
