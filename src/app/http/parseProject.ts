import * as v from "valibot";
import { displayText } from "../../index.ts";
import { parseBy, parseEachBy, shownText } from "./readJson.ts";

const time = v.pipe(v.string(), v.transform(Date.parse), v.number());

const nameText = v.pipe(shownText, v.trim());

// Beyond `id` and `name` nothing is promised. A backend that says more is shown with more.
const details = {
  description: v.fallback(v.optional(shownText), undefined),
  canBuild: v.fallback(v.optional(v.boolean()), undefined),
  canRun: v.fallback(v.optional(v.boolean()), undefined),
  files: v.fallback(v.optional(v.number()), undefined),
  bytes: v.fallback(v.optional(v.number()), undefined),
  scannedAt: v.fallback(v.optional(time), undefined),
};

const projectSchema = v.pipe(
  v.object({ id: v.pipe(v.string(), v.minLength(1)), name: nameText, ...details }),
  // A backend that does not say what a project can do is offered both. A link needs a text.
  v.transform(({ id, name, canBuild = true, canRun = true, ...rest }) => ({
    ...rest,
    id,
    name: name || displayText(id),
    canBuild,
    canRun,
  })),
);

/** A project as the console shows it. `scannedAt` is server time, epoch ms. */
export type ProjectView = v.InferOutput<typeof projectSchema>;

const scannedSchema = v.object({
  project: v.object({
    name: v.fallback(v.optional(v.pipe(nameText, v.minLength(1))), undefined),
    ...details,
  }),
});

/** What an answer says of a project that is known already; what is absent it does not say. */
export type ProjectFields = v.InferOutput<typeof scannedSchema>["project"];

/** The answer `{ project }` to a scan, which may lack any of its fields. @throws PayloadError */
export function parseScanned(body: unknown): ProjectFields {
  return parseBy(scannedSchema, "answer", body).project;
}

/** The project with what an answer says of it; what that leaves out stays as it is known. */
export function mergeProject(known: ProjectView, said: ProjectFields): ProjectView {
  const fields = Object.entries(said).filter(([, value]) => value !== undefined);
  return { ...known, ...Object.fromEntries(fields) };
}

/**
 * The answer `{ projects }`; a malformed project costs only itself.
 * @throws PayloadError if there is no list
 */
export function parseProjectsAnswer(body: unknown): readonly ProjectView[] {
  const { projects } = parseBy(v.object({ projects: v.array(v.unknown()) }), "answer", body);
  return parseEachBy(projectSchema, "project", projects);
}
