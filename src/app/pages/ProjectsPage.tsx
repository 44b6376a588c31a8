import { ProjectCards } from "../projects/ProjectCards.tsx";
import { Page } from "./Page.tsx";

/** All projects, with what can be done with each. */
export function ProjectsPage() {
  return (
    <Page name="projects" title="Projects">
      <ProjectCards />
    </Page>
  );
}
