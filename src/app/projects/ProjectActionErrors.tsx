import { ErrorNote } from "../ui/ErrorNote.tsx";
import type { ProjectActionSet } from "./useProjectActions.ts";

/** What failed of a project's actions, beside their buttons. */
export function ProjectActionErrors({ actions }: { actions: ProjectActionSet }) {
  const { build, start, stop, scan, sync } = actions;
  return (
    <>
      <ErrorNote error={build.error} lead="The build was not triggered." />
      <ErrorNote error={start.error} lead="The server was not started." />
      <ErrorNote error={stop.error} lead="The server was not stopped." />
      <ErrorNote error={scan.error} lead="The assets were not scanned." />
      <ErrorNote error={sync.error} lead="The repository was not synced." />
    </>
  );
}
