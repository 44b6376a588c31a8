import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { ProjectView } from "../http/parseProject.ts";
import { useApi } from "../services.ts";
import { type Projects, ProjectsContext } from "./ProjectsContext.ts";

type Loaded = Pick<Projects, "list" | "error">;

/** Keeps the projects from page to page, so that a page one comes back to is there at once. */
export function ProjectsProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const [loaded, setLoaded] = useState<Loaded>({ list: undefined, error: undefined });

  const reload = useCallback(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setLoaded(({ list }) => ({ list, error: undefined }));
    api.projects(signal).then(
      (list) => signal.aborted || setLoaded({ list, error: undefined }),
      (error: Error) => signal.aborted || setLoaded(({ list }) => ({ list, error })),
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
