import { useProjectRows } from "../activity/ActivityProvider.tsx";
import { JobList } from "../activity/JobList.tsx";
import type { ProjectView } from "../http/parseProject.ts";
import { ProjectActions } from "../projects/ProjectActions.tsx";
import { ProjectFacts } from "../projects/ProjectFacts.tsx";
import { Page } from "./Page.tsx";

/** A project: what can be done with it, and all its builds and servers that are known. */
export function ProjectDetail({ project }: { project: ProjectView }) {
  const { id, name, canBuild, canRun } = project;
  return (
    <Page name={`project ${id}`} title={name} lead={<ProjectFacts project={project} />}>
      <ProjectActions project={project} />
      <div className="columns">
        <JobList
          title="Builds"
          rows={useProjectRows(id, "build")}
          empty={canBuild ? "No builds so far. Press Build." : "This project has no build command."}
        />
        <JobList
          title="Servers"
          rows={useProjectRows(id, "run")}
          empty={
            canRun
              ? "No servers so far. Press Start server."
              : "This project has no server command."
          }
        />
      </div>
    </Page>
  );
}
