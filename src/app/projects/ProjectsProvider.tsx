import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { selectLostSince } from "../../index.ts";
import { useActivityStore } from "../../react.ts";
import { patienceMs, slowAnswer } from "../http/failureWords.ts";
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
  const loading = useRef<AbortController>(null);
  const store = useActivityStore();
  const mayFail = loaded.isLoading || loaded.error !== undefined;

  const reload = useCallback(() => {
    // A late answer must not overwrite a newer one.
    loading.current?.abort();
    const controller = (loading.current = new AbortController());
    const { signal } = controller;
    const answer = (said: Partial<Loaded>) => {
      if (!signal.aborted) setLoaded((known) => ({ ...known, ...said, isLoading: false }));
    };
    // What is known stays until the answer, be it an error.
    setLoaded((known) => ({ ...known, isLoading: true }));
    const patience = setTimeout(() => answer({ error: new Error(slowAnswer) }), patienceMs);
    void api
      .projects(signal)
      .then(
        (list) => answer({ list, error: undefined }),
        (error: Error) => answer({ error }),
      )
      .finally(() => clearTimeout(patience));
    return () => controller.abort();
  }, [api]);

  // With the sources the backend is back: what failed is no longer true, and what was asked before may
  // never be answered.
  useEffect(() => {
    if (!mayFail) return undefined;
    return store.subscribe((state, before) => {
      const isBack = selectLostSince(before) !== undefined && selectLostSince(state) === undefined;
      if (isBack) reload();
    });
  }, [store, reload, mayFail]);

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
