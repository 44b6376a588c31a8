import { Hono } from "hono";

import type { AppParts } from "./appParts.ts";
import { syncRepository } from "./gitSync.ts";
import { scanDirectory } from "./scan.ts";

/** `/projects`: what there is, and what can be done with it. */
export function projectRoutes(
  parts: Pick<AppParts, "projects" | "builds" | "runs" | "host">,
): Hono {
  const { projects, builds, runs, host } = parts;
  return new Hono()
    .get("/", (c) => c.json({ projects: projects.list() }))
    .get("/:id", (c) => c.json({ project: projects.describe(projects.get(c.req.param("id"))) }))
    .post("/:id/build", (c) => {
      const project = projects.get(c.req.param("id"));
      return c.json({ build: builds.add(project) }, 202);
    })
    .post("/:id/run", (c) => {
      const project = projects.get(c.req.param("id"));
      return c.json({ run: runs.start(project, builds.lastSuccess(project.id)) }, 202);
    })
    .post("/:id/scan", async (c) => {
      const project = projects.get(c.req.param("id"));
      projects.recordScan(project, await scanDirectory(project.directory, c.req.raw.signal));
      return c.json({ project: projects.describe(project) });
    })
    .post("/:id/sync", async (c) => {
      const project = projects.get(c.req.param("id"));
      return c.json(await syncRepository(host, project.directory));
    });
}
