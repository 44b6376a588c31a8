import * as v from "valibot";
import { reporting } from "../../jobs/wire.ts";
import { parseBy, shownText, warnOfProblem } from "./readJson.ts";

const time = v.pipe(v.string(), v.transform(Date.parse), v.number());

// Only `id` and `name` are promised. A backend that says more is shown with more.
const projectSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: shownText,
  description: v.fallback(v.optional(shownText), undefined),
  // A backend that does not say what a project can do is offered both.
  canBuild: v.fallback(v.optional(v.boolean(), true), true),
  canRun: v.fallback(v.optional(v.boolean(), true), true),
  files: v.fallback(v.optional(v.number()), undefined),
  bytes: v.fallback(v.optional(v.number()), undefined),
  scannedAt: v.fallback(v.optional(time), undefined),
});

/** A project as the console shows it. `scannedAt` is server time, epoch ms. */
export type ProjectView = v.InferOutput<typeof projectSchema>;

/** The answer `{ project }`. @throws PayloadError */
export function parseProjectAnswer(body: unknown): ProjectView {
  return parseBy(v.object({ project: projectSchema }), "answer", body).project;
}

/**
 * The answer `{ projects }`; a malformed project costs only itself.
 * @throws PayloadError if there is no list
 */
export function parseProjectsAnswer(body: unknown): readonly ProjectView[] {
  const { projects } = parseBy(v.object({ projects: v.array(v.unknown()) }), "answer", body);
  return projects
    .map((value) => reporting(() => parseBy(projectSchema, "project", value), warnOfProblem))
    .filter((project) => project !== undefined);
}
