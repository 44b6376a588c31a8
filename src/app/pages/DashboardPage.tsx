import { ActivityPanel } from "../jobs/ActivityPanel.tsx";
import { ProjectCards } from "../projects/ProjectCards.tsx";
import { Page } from "./Page.tsx";

/** What is going on, what went on lately, and the projects to begin something with. */
export function DashboardPage() {
  return (
    <Page name="dashboard" title="Dashboard">
      <div className="dashboard">
        <section aria-labelledby="dashboard-activity">
          <h2 id="dashboard-activity" className="section-title">
            Activity
          </h2>
          <ActivityPanel />
        </section>
        <section aria-labelledby="dashboard-projects">
          <h2 id="dashboard-projects" className="section-title">
            Projects
          </h2>
          <ProjectCards heading="h3" />
        </section>
      </div>
    </Page>
  );
}
