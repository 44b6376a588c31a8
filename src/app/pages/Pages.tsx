import { Route, Routes } from "react-router";
import { DashboardPage } from "./DashboardPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { ProjectPage } from "./ProjectPage.tsx";
import { ProjectsPage } from "./ProjectsPage.tsx";

/** Which address leads to which page. */
export function Pages() {
  return (
    <Routes>
      <Route index element={<DashboardPage />} />
      <Route path="projects" element={<ProjectsPage />} />
      <Route path="projects/:projectId" element={<ProjectPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
