import { Hono } from "hono";
import { etag } from "hono/etag";

import type { AppParts } from "./appParts.ts";
import type { SessionEnv } from "./authRoutes.ts";
import { createRunStream } from "./runStream.ts";

const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  // By default nginx would keep the events back until they fill a buffer.
  "x-accel-buffering": "no",
};

/** `/builds` and `/runs`: the jobs, however they were started. */
export function jobRoutes(
  parts: Pick<AppParts, "projects" | "builds" | "runs" | "events" | "counters" | "keepAliveMs">,
): Hono<SessionEnv> {
  const { projects, builds, runs } = parts;
  return new Hono<SessionEnv>()
    .get("/builds", etag(), (c) => {
      // The browser may keep it, but has to ask each time; mostly the answer is a 304.
      c.header("cache-control", "private, no-cache");
      return c.json({ builds: builds.list() });
    })
    .get("/runs/stream", (c) => {
      const projectId = c.req.query("projectId");
      if (projectId !== undefined) projects.get(projectId);
      const stream = createRunStream({ ...parts, projectId, ended: c.var.session.ended });
      return c.body(stream, 200, STREAM_HEADERS);
    })
    .post("/runs/:id/stop", async (c) => c.json({ run: await runs.stop(c.req.param("id")) }));
}
