import type { ActivityState, BackendJob } from "../../index.ts";
import { useActivity } from "../../react.ts";
import type { ProjectView } from "../http/parseProject.ts";
import { ActionButton } from "../ui/ActionButton.tsx";
import type { ProjectActionSet } from "./useProjectActions.ts";

/** Props of {@link ServerButton}. */
export interface ServerButtonProps {
  project: ProjectView;
  actions: Pick<ProjectActionSet, "start" | "stop">;
}

/** Starts the project's server, or stops the one that is active. One button, so that the focus stays. */
export function ServerButton({ project, actions: { start, stop } }: ServerButtonProps) {
  const run = useActivity((state) => selectActiveRun(state, project.id));
  const isStopping = run?.status === "stopping";
  return (
    <span className="server-button">
      <ActionButton
        busy={start.busy || (stop.busy && !isStopping)}
        disabled={isStopping}
        about={project.name}
        onPress={() => (run ? stop.start(run) : start.start())}
      >
        {isStopping ? "Stopping…" : run ? "Stop server" : "Start server"}
      </ActionButton>
    </span>
  );
}

function selectActiveRun(
  { backendJobs }: ActivityState,
  projectId: string,
): BackendJob | undefined {
  return Object.values(backendJobs).findLast(
    ({ kind, target }) => kind === "run" && target === projectId,
  );
}
