import { LoadError } from "../ui/LoadError.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProjectCard, type ProjectCardProps } from "./ProjectCard.tsx";
import { type Projects, useProjects } from "./ProjectsContext.ts";

/** All projects as cards. */
export function ProjectCards({ heading }: Pick<ProjectCardProps, "heading">) {
  const { list, error, isLoading, reload } = useProjects();
  return (
    <>
      {error && (
        <LoadError
          lead="The projects could not be loaded."
          error={error}
          busy={isLoading}
          onRetry={reload}
        />
      )}
      {list === undefined && !error && <Loading>Loading projects…</Loading>}
      {list && <CardGrid list={list} heading={heading} />}
    </>
  );
}

type CardGridProps = Pick<ProjectCardProps, "heading"> & { list: NonNullable<Projects["list"]> };

function CardGrid({ list, heading }: CardGridProps) {
  if (list.length === 0) {
    return <p className="empty">There are no projects. Add one on the backend, then reload.</p>;
  }
  return (
    <div className="cards">
      {list.map((project) => (
        <ProjectCard key={project.id} project={project} heading={heading} />
      ))}
    </div>
  );
}
