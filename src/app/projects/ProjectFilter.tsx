import type { ProjectView } from "../http/parseProject.ts";
import { useKnownProjects } from "./ProjectsContext.ts";

/** Props of {@link ProjectFilter}. */
export interface ProjectFilterProps {
  /** How many projects it leaves. */
  shown: number;
  /** How many there are. */
  all: number;
}

/** The field that looks for projects, and how many it has found. Escape shows all again. */
export function ProjectFilter({ shown, all }: ProjectFilterProps) {
  const { query, setQuery } = useKnownProjects();
  return (
    <search className="filter">
      <input
        type="search"
        aria-label="Find a project"
        placeholder="Find a project"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={({ key }) => key === "Escape" && setQuery("")}
      />
      <p aria-live="polite">
        {query.trim() === "" ? `${all} projects` : `${shown} of ${all} projects`}
      </p>
    </search>
  );
}

/** The projects that have each word of the query in their name, id or description. */
export function findProjects(list: readonly ProjectView[], query: string): readonly ProjectView[] {
  const words = query.toLocaleLowerCase().split(/\s+/);
  return list.filter(({ name, id, description = "" }) => {
    const text = `${name} ${id} ${description}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
