import { guardClicks } from "../../react.ts";
import type { ProjectView } from "../http/parseProject.ts";
import { ActionButton } from "../ui/ActionButton.tsx";
import { ProjectActionErrors } from "./ProjectActionErrors.tsx";
import { ProjectActionResult } from "./ProjectActionResult.tsx";
import { ServerButton } from "./ServerButton.tsx";
import { useProjectActions } from "./useProjectActions.ts";

/** The buttons for all that can be done with a project, and what came of them. */
export function ProjectActions({ project }: { project: ProjectView }) {
  const actions = useProjectActions(project.id);
  const { build, scan, sync } = actions;
  const about = project.name;
  return (
    <div className="actions" role="group" aria-label={`Actions for ${about}`}>
      {/* Start becomes Stop under the pointer: a double click must not do both. */}
      <div ref={guardClicks} className="action-buttons">
        {project.canBuild && (
          <ActionButton busy={build.busy} about={about} onPress={() => build.start()}>
            Build
          </ActionButton>
        )}
        {project.canRun && <ServerButton project={project} actions={actions} />}
        <ActionButton busy={scan.busy} about={about} onPress={() => scan.start()}>
          Scan
        </ActionButton>
        <ActionButton busy={sync.busy} about={about} onPress={() => sync.start()}>
          Sync
        </ActionButton>
      </div>
      <ProjectActionResult text={actions.result} />
      <ProjectActionErrors actions={actions} />
    </div>
  );
}
