import { drive } from "../../../test/support/drive.ts";
import type { Job } from "../../jobs/wire.ts";
import type { SourceStatus } from "../../store/connection.ts";
import { type ActivityStore, createActivityStore } from "../../store/activityStore.ts";
import type { ScriptedJob, StateScript } from "./stateScript.ts";

/** Creates a store of its own that has gone through a script. */
export function createStateStore({
  title,
  jobs,
  byHand,
  request,
  connection,
}: StateScript): ActivityStore {
  const store = createActivityStore({ name: `state: ${title}` });
  const { applyJobUpdates, registerBackendJob, registerRequestAction } = store.getState();
  connect(store, connection ?? "live");
  jobs?.forEach((job, index) => applyJobUpdates(storyOf(job, `${index}`)));
  byHand?.forEach((label, index) => registerBackendJob(`deploy:${index}`, label));
  if (request !== undefined) registerRequestAction(request);
  return store;
}

// An end is news only of a job that was active before.
function storyOf(scripted: ScriptedJob, id: string): Job[] {
  const { kind, project: projectId, status, startedAgo, took, error } = scripted;
  const startedAt = Date.now() - startedAgo * 1_000;
  const job = { kind, id, projectId, startedAt };
  if (took === undefined) return [{ ...job, status }];
  const finishedAt = startedAt + took * 1_000;
  const ended = { ...job, status, finishedAt, ...(error === undefined ? {} : { error }) };
  return [{ ...job, status: "running" }, ended];
}

function connect(store: ActivityStore, status: SourceStatus): void {
  const since = Date.now() - 60_000;
  const error = status === "lost" ? { error: "The stream of runs has ended." } : {};
  const builds: SourceStatus = status === "lost" ? "live" : status;
  const hasAnswered = status === "lost" || status === "live";
  drive(store).mirrorConnection({
    runs: { status, since, order: 0, hasAnswered, ...error },
    builds: { status: builds, since, order: 0, hasAnswered, clockOffsetMs: 0 },
  });
}
