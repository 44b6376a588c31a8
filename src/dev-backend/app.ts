import { Hono } from "hono";

import type { AppParts } from "./appParts.ts";
import { authRoutes, requireSession } from "./authRoutes.ts";
import { endBodyOfHead, localOnly, noStore } from "./guards.ts";
import { HttpError } from "./httpError.ts";
import { jobRoutes } from "./jobRoutes.ts";
import { projectRoutes } from "./projectRoutes.ts";

/** The HTTP contract under `/api`. */
export function createApp(parts: AppParts): Hono {
  const { sessions, counters, reportError } = parts;
  const app = new Hono().basePath("/api");

  app.onError((error, c) => {
    if (error instanceof HttpError) return c.json({ error: error.message }, error.status);
    reportError(error);
    return c.json({ error: `The development backend failed: ${error.message}` }, 500);
  });
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path} here.` }, 404));

  app.use(localOnly, endBodyOfHead, noStore);
  app.use("/builds", async (c, next) => {
    if (c.req.method === "GET") counters.buildPolls += 1;
    await next();
  });
  app.route("/auth", authRoutes(sessions));
  // Only here, not in the contract: what tests look at. It gives nothing away, so needs no session.
  app.get("/dev/counters", (c) => c.json(counters));

  app.use(requireSession(sessions));
  app.route("/projects", projectRoutes(parts));
  app.route("/", jobRoutes(parts));
  return app;
}
