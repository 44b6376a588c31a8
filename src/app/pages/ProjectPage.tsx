import { useParams } from "react-router";
import { displayText } from "../../index.ts";
import { useProjects } from "../projects/ProjectsContext.ts";
import { LoadError } from "../ui/LoadError.tsx";
import { Loading } from "../ui/Loading.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { Page } from "./Page.tsx";
import { ProjectDetail } from "./ProjectDetail.tsx";

/** The page of the project that the address names. */
export function ProjectPage() {
  const { projectId = "" } = useParams();
  const { list, error, isLoading, reload } = useProjects();
  const project = list?.find(({ id }) => id === projectId);
  const name = displayText(projectId);
  if (project) return <ProjectDetail key={projectId} project={project} />;
  if (list) return <NotFoundPage what={`There is no project “${name}”.`} />;
  return (
    <Page name={`project ${projectId}`} title={name}>
      {error ? (
        <LoadError
          lead="The project could not be loaded."
          error={error}
          busy={isLoading}
          onRetry={reload}
        />
      ) : (
        <Loading>Loading the project…</Loading>
      )}
    </Page>
  );
}
