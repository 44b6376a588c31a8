import { useRef, useState } from "react";
import { type BackendJob, displayText } from "../../index.ts";
import { type StoredJob, useAsyncAction } from "../../react.ts";
import type { JobAnswer } from "../http/parseJobAnswer.ts";
import { useApi } from "../services.ts";
import { useKnownProjects } from "./ProjectsContext.ts";
import { scanWords, syncWords } from "./resultWords.ts";

const jobOf = (answer: JobAnswer) => answer.job;

type Named = Pick<StoredJob, "title" | "id">;

/** What the indicator says while a build is asked for. */
export function buildingLabel({ title, id }: Named): string {
  return `Triggering build • ${title ?? id}`;
}

/** What it says while a server is asked for. */
export function startingLabel({ title, id }: Named): string {
  return `Requesting server • ${title ?? id}`;
}

/** What it says while the backend stops a run. */
export function stoppingLabel({ title, id }: Named): string {
  return `Stopping server • ${title ?? id}`;
}

/** All that can be done with a project. The indicator shows each of it while it is under way. */
export function useProjectActions(id: string) {
  const api = useApi();
  const { update } = useKnownProjects();
  const [result, setResult] = useState<string>();
  const lastSaid = useRef("");
  const name = displayText(id);

  const build = useAsyncAction(() => api.triggerBuild(id), {
    label: buildingLabel({ id: name }),
    job: jobOf,
  });
  const start = useAsyncAction(() => api.startRun(id), {
    label: startingLabel({ id: name }),
    job: jobOf,
  });
  const scan = useAsyncAction(
    () => {
      setResult(undefined);
      return api.scanAssets(id);
    },
    {
      label: `Scanning assets • ${name}`,
      onSuccess(said) {
        update(id, said);
        const found = scanWords(said);
        say(found === undefined ? "Scanned" : `Scanned: ${found}`);
      },
    },
  );
  const sync = useAsyncAction(
    () => {
      setResult(undefined);
      return api.syncRepository(id);
    },
    { label: `Syncing repository • ${name}`, onSuccess: (synced) => say(syncWords(synced)) },
  );
  // Some screen readers pass over the same text, although there was none in between: a no-break
  // space makes it another one.
  function say(text: string): void {
    lastSaid.current = lastSaid.current === text ? `${text}\u00a0` : text;
    setResult(lastSaid.current);
  }

  // Busy until the run has stopped, which may take minutes.
  const stop = useAsyncAction((run: BackendJob) => api.stopRun(run.id), {
    label: stoppingLabel,
    about: ({ key }) => key,
    job: jobOf,
  });
  return { build, start, stop, scan, sync, result };
}

/** What {@link useProjectActions} gives. `result` says what the last scan or sync came to. */
export type ProjectActionSet = ReturnType<typeof useProjectActions>;
