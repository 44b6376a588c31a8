import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { ProjectView } from "../http/parseProject.ts";
import { useApi } from "../services.ts";
import { type Projects, ProjectsContext } from "./ProjectsContext.ts";

type Loaded = Pick<Projects, "list" | "error" | "isLoading">;

const nothingYet: Loaded = { list: undefined, error: undefined, isLoading: true };

/** Keeps the projects from page to page, so that a page one comes back to is there at once. */
export function ProjectsProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const [loaded, setLoaded] = useState(nothingYet);

  const reload = useCallback(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = (news: Partial<Loaded>) => {
      if (!signal.aborted) setLoaded((known) => ({ ...known, ...news, isLoading: false }));
    };
    // What is known stays until the answer, be it an error.
    setLoaded((known) => ({ ...known, isLoading: true }));
    api.projects(signal).then(
      (list) => answer({ list, error: undefined }),
      (error: Error) => answer({ error }),
    );
    return () => controller.abort();
  }, [api]);

  const update = useCallback((project: ProjectView) => {
    setLoaded((current) => ({ ...current, list: replaceById(current.list, project) }));
  }, []);

  const projects = useMemo(() => ({ ...loaded, reload, update }), [loaded, reload, update]);
  return <ProjectsContext value={projects}>{children}</ProjectsContext>;
}

function replaceById(list: Projects["list"], project: ProjectView): Projects["list"] {
  return list?.map((known) => (known.id === project.id ? project : known));
}
