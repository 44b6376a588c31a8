import type { RunJob } from "../jobs/contract.ts";
import { createHistory } from "./history.ts";
import { HttpError } from "./httpError.ts";
import type { ProcessHost } from "./processHost.ts";
import type { DevProject } from "./projects.ts";
import { type Run, startRun } from "./run.ts";
import type { RunEvents } from "./runEvents.ts";

/** All runs, at most one active for each project. */
export interface Runs {
  /**
   * Starts the project's server.
   *
   * @param buildId the build that it serves; a project with a build command needs one
   * @throws HttpError 409 if one is active, 400 if there is nothing to run
   */
  start(project: DevProject, buildId: string | undefined): RunJob;
  /** Resolves once the run has stopped; throws a 404 `HttpError` for an unknown id. */
  stop(id: string): Promise<RunJob>;
  /** Every run that is remembered, oldest first; of one project if an id is given. */
  list(projectId?: string): RunJob[];
}

/** What runs need. */
export interface RunsOptions {
  host: ProcessHost;
  events: RunEvents;
  /** How many are remembered. @default 200 */
  historyLimit?: number;
  /** Least time between two updates that are only about the log, in ms. @default 1_000 */
  logUpdateMs?: number;
}

/** Makes an empty list of runs. */
export function createRuns(options: RunsOptions): Runs {
  const { host, events, historyLimit = 200, logUpdateMs = 1_000 } = options;
  const history = createHistory<Run>(historyLimit, (run) => !run.isActive());

  return {
    start(project, buildId) {
      const command = requireCommand(project, buildId);
      if (history.values().some((run) => run.projectId === project.id && run.isActive()))
        throw new HttpError(
          409,
          `The server of "${project.name}" is running already. Stop that one first.`,
        );
      const run = startRun({ host, events, project, command, buildId, logUpdateMs });
      history.set(run.id, run);
      return run.describe();
    },
    async stop(id) {
      const run = history.get(id);
      if (!run) throw new HttpError(404, "This server no longer exists. Reload the page.");
      await run.stop();
      return run.describe();
    },
    list: (projectId) =>
      history
        .values()
        .filter((run) => projectId === undefined || run.projectId === projectId)
        .map((run) => run.describe()),
  };
}

function requireCommand({ name, build, run }: DevProject, buildId: string | undefined): string {
  if (run === undefined)
    throw new HttpError(
      400,
      `"${name}" has no run command. Add "run" to its entry in the projects file, then restart the console.`,
    );
  if (build !== undefined && buildId === undefined)
    throw new HttpError(400, `Build "${name}" first: the server needs a finished build.`);
  return run;
}
