import { type ReactNode, useCallback, useMemo, useState } from "react";
import { mergeProject, type ProjectFields } from "../http/parseProject.ts";
import { useApi } from "../services.ts";
import { type Projects, ProjectsContext } from "./ProjectsContext.ts";

type Loaded = Pick<Projects, "list" | "error" | "isLoading">;

const nothingYet: Loaded = { list: undefined, error: undefined, isLoading: true };

/** Keeps the projects from page to page, so that a page one comes back to is there as it was. */
export function ProjectsProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const [loaded, setLoaded] = useState(nothingYet);
  const [query, setQuery] = useState("");

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

  const update = useCallback((id: string, said: ProjectFields) => {
    setLoaded((current) => ({ ...current, list: updateById(current.list, id, said) }));
  }, []);

  const projects = useMemo(
    () => ({ ...loaded, query, setQuery, reload, update }),
    [loaded, query, reload, update],
  );
  return <ProjectsContext value={projects}>{children}</ProjectsContext>;
}

function updateById(list: Projects["list"], id: string, said: ProjectFields): Projects["list"] {
  return list?.map((known) => (known.id === id ? mergeProject(known, said) : known));
}
