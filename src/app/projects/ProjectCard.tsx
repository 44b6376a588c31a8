import { useId } from "react";
import type { ProjectView } from "../http/parseProject.ts";
import { LatestJobLine } from "./LatestJobLine.tsx";
import { ProjectActions } from "./ProjectActions.tsx";
import { ProjectLink } from "./ProjectLink.tsx";

/** Props of {@link ProjectCard}. */
export interface ProjectCardProps {
  project: ProjectView;
  /** The heading that fits where the card stands. */
  heading: "h2" | "h3";
}

/** A project at a glance, and what can be done with it. */
export function ProjectCard({ project, heading: Heading }: ProjectCardProps) {
  const headingId = useId();
  const { id, name, description } = project;
  return (
    <article className="card" aria-labelledby={headingId}>
      <div className="card-header">
        <Heading id={headingId} className="card-title">
          <ProjectLink id={id} />
        </Heading>
        {name !== id && <span className="card-id">{id}</span>}
        {description !== undefined && <p className="card-text">{description}</p>}
      </div>
      <ProjectActions project={project} />
      <div className="card-lines">
        {project.canBuild && <LatestJobLine projectId={id} kind="build" />}
        {project.canRun && <LatestJobLine projectId={id} kind="run" />}
      </div>
    </article>
  );
}
