import { useActivity } from "../../react.ts";
import type { ProjectView } from "../http/parseProject.ts";
import type { JobKindName } from "../jobs/jobKinds.ts";
import { JobSection } from "../jobs/JobSection.tsx";
import { listProjectJobs } from "../jobs/projectJobs.ts";
import { ProjectActions } from "../projects/ProjectActions.tsx";
import { ProjectFacts } from "../projects/ProjectFacts.tsx";
import { Page } from "./Page.tsx";

/** A project: what can be done with it, and all its builds and servers that are known. */
export function ProjectDetail({ project }: { project: ProjectView }) {
  const { id, name } = project;
  return (
    <Page name={`project ${id}`} title={name} lead={<ProjectFacts project={project} />}>
      <ProjectActions project={project} />
      <div className="columns">
        <JobSection
          title="Builds"
          kind="build"
          jobs={useProjectJobs("build", id)}
          empty={project.canBuild ? "Not built yet. Press Build." : "It has no build command."}
        />
        <JobSection
          title="Servers"
          kind="run"
          jobs={useProjectJobs("run", id)}
          empty={project.canRun ? "None yet. Press Start server." : "It has no server command."}
        />
      </div>
    </Page>
  );
}

function useProjectJobs(kind: JobKindName, projectId: string) {
  const backendJobs = useActivity((state) => state.backendJobs);
  const endedJobs = useActivity((state) => state.endedJobs);
  return listProjectJobs({ backendJobs, endedJobs }, kind, projectId);
}
