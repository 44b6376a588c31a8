import { randomUUID } from "node:crypto";

import type { BuildJob } from "../jobs/contract.ts";
import { createHistory } from "./history.ts";
import { HttpError } from "./httpError.ts";
import { startJob } from "./job.ts";
import type { ProcessHost } from "./processHost.ts";
import type { DevProject } from "./projects.ts";

const MAX_WAITING = 100;

/** All builds; one runs at a time, the others wait. */
export interface BuildQueue {
  /**
   * Queues a build and starts it if nothing else is being built.
   *
   * @throws HttpError 400 if the project cannot be built, 429 if too many are waiting.
   */
  add(project: DevProject): BuildJob;
  /** Newest first. */
  list(): BuildJob[];
  /** The id of the last build of that project that succeeded. */
  lastSuccess(projectId: string): string | undefined;
  /** Drops what is waiting. The one that runs belongs to the process host. */
  dispose(): void;
}

interface Waiting {
  id: string;
  project: DevProject;
  command: string;
}

/** Makes an empty queue that remembers 200 builds. */
export function createBuildQueue(host: ProcessHost, historyLimit = 200): BuildQueue {
  const history = createHistory<BuildJob>(historyLimit, (build) => build.finishedAt !== undefined);
  const successes = new Map<string, string>();
  const waiting: Waiting[] = [];
  let isBuilding = false;

  function change(id: string, changes: Partial<BuildJob>): BuildJob | undefined {
    const build = history.get(id);
    if (!build) return undefined;
    const changed = { ...build, ...changes };
    history.set(id, changed);
    return changed;
  }

  function startNext(): void {
    const first = isBuilding ? undefined : waiting.shift();
    if (!first) return;
    isBuilding = true;
    const { command, project } = first;
    change(first.id, { status: "running", startedAt: now() });
    const job = startJob(host, { command, directory: project.directory });
    void job.failure.then((error) => finish(first, error));
  }

  function finish({ id, project }: Waiting, error: string | undefined): void {
    const finishedAt = now();
    if (error === undefined) successes.set(project.id, id);
    if (error === undefined) change(id, { status: "succeeded", finishedAt });
    else change(id, { status: "failed", finishedAt, error });
    isBuilding = false;
    startNext();
  }

  return {
    add(project) {
      const command = requireCommand(project);
      if (waiting.length >= MAX_WAITING)
        throw new HttpError(429, `${MAX_WAITING} builds are waiting already. Try again later.`);
      const id = randomUUID();
      const build: BuildJob = { id, projectId: project.id, status: "pending", createdAt: now() };
      history.set(id, build);
      waiting.push({ id, project, command });
      startNext();
      return history.get(id) ?? build;
    },
    list: () => history.values().toReversed(),
    lastSuccess: (projectId) => successes.get(projectId),
    dispose: () => void waiting.splice(0),
  };
}

function requireCommand({ name, build }: DevProject): string {
  if (build !== undefined) return build;
  throw new HttpError(
    400,
    `"${name}" has no build command. Add "build" to its entry in the projects file, then restart the console.`,
  );
}

function now(): string {
  return new Date().toISOString();
}
