import { LoadError } from "../ui/LoadError.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProjectCard } from "./ProjectCard.tsx";
import { findProjects, ProjectFilter } from "./ProjectFilter.tsx";
import { type Projects, useKnownProjects, useProjects } from "./ProjectsContext.ts";

/** From how many projects on they can be filtered; fewer are seen at a glance. */
const firstFilteredCount = 12;

/** All projects as cards. */
export function ProjectCards() {
  const { list, error, isLoading, reload } = useProjects();
  return (
    <div className="projects">
      {error && (
        <LoadError
          lead="The projects could not be loaded."
          error={error}
          busy={isLoading}
          onRetry={reload}
        />
      )}
      {list === undefined && !error && <Loading>Loading projects…</Loading>}
      {list && <CardGrid list={list} />}
    </div>
  );
}

function CardGrid({ list }: { list: NonNullable<Projects["list"]> }) {
  const { query } = useKnownProjects();
  if (list.length === 0) {
    return <p className="empty">There are no projects. Add one on the backend, then reload.</p>;
  }
  const hasFilter = list.length >= firstFilteredCount;
  const shown = hasFilter ? findProjects(list, query) : list;
  return (
    <>
      {hasFilter && <ProjectFilter shown={shown.length} all={list.length} />}
      <div className="cards">
        {shown.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </div>
    </>
  );
}
