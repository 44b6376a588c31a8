import { builds, type Job, runs } from "../../index.ts";
import { internalsOf } from "../../store/storeWriter.ts";
import { type ActivityStore, createActivityStore } from "../../store/activityStore.ts";
import type { ScriptedConnection, ScriptedJob, StateScript } from "./stateScript.ts";

/** Creates a store of its own that has gone through a script. */
export function createStateStore({
  title,
  jobs,
  byHand,
  request,
  connection,
}: StateScript): ActivityStore {
  const store = createActivityStore({ name: `state: ${title}` });
  const { registerBackendJob, registerRequestAction } = store.getState();
  connect(store, connection ?? "live");
  jobs?.forEach((job, index) => internalsOf(store).applyJobUpdates(storyOf(job, `${index}`)));
  byHand?.forEach((label, index) => registerBackendJob(`deploy:${index}`, label));
  if (request !== undefined) registerRequestAction(request);
  return store;
}

// An end is news only of a job that was active before.
function storyOf(scripted: ScriptedJob, id: string): Job[] {
  const { kind, project: projectId, status, startedAgo, took, error } = scripted;
  const beganMs = Date.now() - startedAgo * 1_000;
  const job = { id, projectId, createdAt: timeOf(beganMs), startedAt: timeOf(beganMs), logs: [] };
  const parse = (details: object) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's own parse checks what it is
    const entry = { ...job, ...details } as never;
    return kind === "build" ? builds.parse(entry) : runs.parse(entry);
  };
  if (took === undefined) return [parse({ status })];
  const finishedAt = timeOf(beganMs + took * 1_000);
  return [parse({ status: "running" }), parse({ status, finishedAt, error })];
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function connect(store: ActivityStore, status: ScriptedConnection): void {
  if (status === "off") return;
  const since = Date.now() - 60_000;
  const error = status === "lost" ? { error: "The stream of runs has ended." } : {};
  const ofBuilds = status === "lost" ? "live" : status;
  const hasAnswered = status === "lost" || status === "live";
  const known = { since, order: 0, hasAnswered };
  internalsOf(store).applyConnection({
    runs: { ...known, status, kinds: ["run"], ...error },
    builds: { ...known, status: ofBuilds, kinds: ["build"], clockOffsetMs: 0 },
  });
}
