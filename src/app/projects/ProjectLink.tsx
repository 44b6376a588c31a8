import { Link } from "react-router";
import { displayText } from "../../index.ts";
import { projectPath } from "./projectPath.ts";
import { useKnownProjects } from "./ProjectsContext.ts";

/** A link to a project's page: its name, or its id while that is all that is known. */
export function ProjectLink({ id }: { id: string }) {
  const { list } = useKnownProjects();
  const name = list?.find((project) => project.id === id)?.name ?? displayText(id);
  return <Link to={projectPath(id)}>{name}</Link>;
}
