import { before, type FaultScenario } from "./scenario.ts";
import { buildJob, runJob } from "../sync/wire.ts";

/** What becomes true at the server, and what the header has to say of it. */
export interface Truth {
  change: (scenario: FaultScenario) => void;
  header: string;
}

/** The run in `shop` stops, one in `blog` begins. */
export const anotherRun: Truth = {
  change: ({ server }) => changeRuns(server),
  header: "Server running (blog) +1",
};

/** The same, told by a server whose clock is `offsetMs` ahead. */
export function anotherRunAt(offsetMs: number): Truth {
  const createdAt = new Date(Date.now() + offsetMs).toISOString();
  return { ...anotherRun, change: ({ server }) => changeRuns(server, { createdAt }) };
}

function changeRuns(server: FaultScenario["server"], times: { createdAt?: string } = {}): void {
  server.update(runJob("r1", "stopped", times));
  server.update(runJob("r2", "running", { projectId: "blog", ...times }));
}

/** The build of `shop` ends, one of `blog` begins. */
export const anotherBuild: Truth = {
  change({ server }) {
    const next = buildJob("b2", "running", { projectId: "blog" });
    server.builds = [next, buildJob("b1", "succeeded")];
  },
  header: "Building (blog) +1",
};

/** Nothing changes. */
export const theSame: Truth = { change() {}, header: before };

/** The server has forgotten all it knew. */
export const nothing: Truth = {
  change({ server }) {
    server.runs = [];
    server.builds = [];
  },
  header: "Idle",
};
