import { ActiveActionIndicator, useDocumentTitle } from "../../react.ts";
import type { BackendJob, EndedJob } from "../../index.ts";
import { useStopRun } from "../jobs/useStopRun.ts";
import { projectPath } from "../projects/projectPath.ts";
import { useRouterLinks } from "./useRouterLinks.ts";

/** The indicator, with the pages that its rows lead to and what they can stop. */
export function HeaderIndicator() {
  const stop = useStopRun();
  const container = useRouterLinks<HTMLDivElement>();
  useDocumentTitle();
  return (
    <div ref={container} className="header-indicator">
      <ActiveActionIndicator jobHref={pageOf} onStopJob={stop.run} canStopJob={isStoppable} />
    </div>
  );
}

function pageOf({ target }: BackendJob | EndedJob): string | undefined {
  return target === undefined ? undefined : projectPath(target);
}

function isStoppable({ kind, status }: BackendJob): boolean {
  return kind === "run" && status !== "stopping";
}
