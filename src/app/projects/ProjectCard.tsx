import { useId } from "react";
import type { ProjectView } from "../http/parseProject.ts";
import { ProjectActions } from "./ProjectActions.tsx";
import { ProjectLatest } from "./ProjectLatest.tsx";
import { ProjectLink } from "./ProjectLink.tsx";

/** A project at a glance, and what can be done with it. */
export function ProjectCard({ project }: { project: ProjectView }) {
  const headingId = useId();
  const { id, name, description } = project;
  return (
    <article className="card" aria-labelledby={headingId}>
      <div className="card-header">
        <h2 id={headingId} className="card-title">
          <ProjectLink id={id} />
        </h2>
        {name !== id && <span className="card-id">{id}</span>}
        {description !== undefined && <p className="card-text">{description}</p>}
      </div>
      <ProjectActions project={project} />
      <ProjectLatest projectId={id} />
    </article>
  );
}
