import type { ProjectView } from "../http/parseProject.ts";
import { Ago } from "../time/Ago.tsx";
import { scanWords } from "./resultWords.ts";

/** What is known of a project beside its name. */
export function ProjectFacts({ project }: { project: ProjectView }) {
  const { id, name, description, scannedAt } = project;
  const found = scanWords(project);
  return (
    <>
      {name !== id && <p>{id}</p>}
      {description !== undefined && <p>{description}</p>}
      {found !== undefined && (
        <p>
          {found}
          {scannedAt !== undefined && (
            <>
              , scanned <Ago at={scannedAt} />
            </>
          )}
        </p>
      )}
    </>
  );
}
