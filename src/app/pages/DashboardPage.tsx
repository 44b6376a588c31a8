import { Link } from "react-router";
import { useConsoleActivity } from "../activity/ActivityProvider.tsx";
import { JobList } from "../activity/JobList.tsx";
import type { JobRowView } from "../activity/rows.ts";
import { ProjectCards } from "../projects/ProjectCards.tsx";
import { Page } from "./Page.tsx";

/** The projects to begin something with, and what has ended of all of them. */
export function DashboardPage() {
  const { past } = useConsoleActivity();
  return (
    <Page name="dashboard" title="Dashboard">
      <div className="dashboard">
        <section aria-label="Projects">
          <ProjectCards />
        </section>
        <JobList
          title="History"
          rows={past}
          what={projectLink}
          isBrief
          empty="Builds and servers show here once they have ended."
        />
      </div>
    </Page>
  );
}

function projectLink({ title, href }: JobRowView) {
  return href === undefined ? title : <Link to={href}>{title}</Link>;
}
