import { createContext, useContext, useEffect } from "react";
import type { ProjectFields, ProjectView } from "../http/parseProject.ts";

/** The projects, as far as they are known. */
export interface Projects {
  /** Absent until the first answer. */
  list: readonly ProjectView[] | undefined;
  /** Why the last try to load them failed; stays until another one has an answer. */
  error: Error | undefined;
  /** Whether an answer is awaited. */
  isLoading: boolean;
  /** Loads them; the list of before stays until the answer. Returns what gives up on it. */
  reload: () => () => void;
  /** What somebody looks for among them; empty shows all. */
  query: string;
  setQuery: (query: string) => void;
  /** Takes what the answer to an action says of a project. */
  update: (id: string, said: ProjectFields) => void;
}

/** The context that holds the projects of the session. */
export const ProjectsContext = createContext<Projects>({
  list: undefined,
  error: undefined,
  isLoading: false,
  reload: () => () => {},
  query: "",
  setQuery: () => {},
  update: () => {},
});

/** The projects as they are known, without asking for them. */
export function useKnownProjects(): Projects {
  return useContext(ProjectsContext);
}

/** The projects, loaded anew for the page that asks for them. */
export function useProjects(): Projects {
  const projects = useKnownProjects();
  const { reload } = projects;
  useEffect(() => reload(), [reload]);
  return projects;
}
