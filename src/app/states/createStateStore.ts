import {
  type ActivityStore,
  browserEnvironment,
  builds,
  createActivityStore,
  defineJobKind,
  defineSource,
  runs,
  type Sink,
  startBackendSync,
  type SyncEnvironment,
} from "../../index.ts";
import type { ScriptedJob, StateScript } from "./stateScript.ts";

/** Creates a store of its own that has gone through a script, as in an app with such a backend. */
export function createStateStore(script: StateScript): ActivityStore {
  const { title, connection, byHand, request } = script;
  const store = createActivityStore({ name: `state: ${title}` });
  const { registerBackendJob, registerRequestAction } = store.getState();
  if (connection !== "off") startScript(store, script);
  byHand?.forEach((label, index) => registerBackendJob(`deploy:${index}`, label));
  if (request !== undefined) registerRequestAction(request);
  return store;
}

// Nothing comes by itself here: no second try of what is lost, no message of other tabs, no memory of
// another state. So a sync holds no timer and no listener, and needs no stop.
const standstill: SyncEnvironment = {
  ...browserEnvironment,
  after: () => () => {},
  onWake: () => () => {},
  tabs: undefined,
  storage: undefined,
};

/** What builds and runs cannot show: how far something is, and that it waits for a person. */
const deploys = defineJobKind({
  name: "deploy",
  noun: "Deploy",
  statuses: {
    running: { phase: "working", label: ({ title }) => `Deploying (${title ?? "…"})` },
    review: {
      phase: "waiting",
      word: "waiting for you",
      label: ({ title }) => `Waiting for you (${title ?? "…"})`,
    },
    succeeded: "succeeded",
  },
  parse: ({ projectId, ...fields }: DeployEntry) => ({ ...fields, title: projectId }),
});

interface DeployEntry {
  readonly id: string;
  readonly projectId: string;
  readonly status: "running" | "review" | "succeeded";
  readonly startedAt: string;
  readonly message?: string;
  readonly progress?: number;
}

const kinds = { build: builds, run: runs, deploy: deploys } as const;

function startScript(store: ActivityStore, script: StateScript): void {
  const backend = defineSource({
    name: "backend",
    kinds: Object.values(kinds),
    start(sink) {
      play(script, sink);
      return () => {};
    },
  });
  startBackendSync({ store, sources: [backend], environment: standstill });
}

function play({ jobs = [], connection }: StateScript, sink: Sink): void {
  if (connection === "connecting") return;
  const listed = {
    build: new Map<number, object>(),
    run: new Map<number, object>(),
    deploy: new Map<number, object>(),
  };
  const list = (kind: ScriptedJob["kind"]) => {
    const entries = [...listed[kind].values()];
    sink.snapshot(kinds[kind], sink.parse(kinds[kind], entries), { clockOffsetMs: 0 });
  };
  for (const kind of ["build", "run", "deploy"] as const) list(kind);
  for (const [id, job] of jobs.entries())
    for (const entry of storyOf(job)) {
      listed[job.kind].set(id, { id: `${id}`, ...entry });
      list(job.kind);
    }
  if (connection === "lost") sink.lost("the connection was lost");
}

// The indicator shows the end of a job only if it saw that job active before.
function storyOf({ project, status, startedAgo, took, error, ...rest }: ScriptedJob): object[] {
  const beganMs = Date.now() - startedAgo * 1_000;
  const startedAt = timeOf(beganMs);
  const { progress, message } = rest;
  const job = { projectId: project, createdAt: startedAt, startedAt, logs: [], progress, message };
  if (took === undefined) return [{ ...job, status }];
  const finishedAt = timeOf(beganMs + took * 1_000);
  return [
    { ...job, status: "running" },
    { ...job, status, finishedAt, error },
  ];
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
