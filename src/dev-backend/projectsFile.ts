import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import * as v from "valibot";

import { isDirectory } from "./missingDirectory.ts";
import { type ProjectEntry, projectSchema } from "./projectSchema.ts";
import type { DevProject } from "./projects.ts";

/** The environment variable that names the projects file. */
export const PROJECTS_VARIABLE = "ACTIVE_INDICATOR_PROJECTS";

/** The projects file is missing or wrong. The message names the file, the entries and the remedy. */
export class ProjectsFileError extends Error {
  constructor(file: string, problem: string) {
    super(`${PROJECTS_VARIABLE} names ${file}, but ${problem}`);
    this.name = "ProjectsFileError";
    // Frames of this plugin, and of a cause, would only bury a message that is about the file.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * Reads and checks the projects file, in one go, before anything is served.
 *
 * @throws ProjectsFileError that lists everything wrong with it, not only the first thing.
 */
export function readProjectsFile(path: string): DevProject[] {
  const file = resolve(path);
  const entries = parseList(file, readText(file));
  const problems: string[] = [];
  const projects: DevProject[] = [];
  const ids = new Map<string, number>();

  for (const [index, entry] of entries.entries()) {
    const result = v.safeParse(projectSchema, entry);
    const found = result.success
      ? problemsWith(result.output, index, file, ids)
      : result.issues.map(describeIssue);
    problems.push(...found.map((problem) => `  ${nameEntry(entry, index)} ${problem}.`));
    if (result.success) projects.push(locate(result.output, file));
  }
  if (problems.length > 0)
    throw new ProjectsFileError(file, `it is wrong:\n${problems.join("\n")}`);
  return projects;
}

function readText(file: string): string {
  try {
    // It leaves out a byte order mark, which JSON.parse would refuse for a character nobody sees.
    return new TextDecoder().decode(readFileSync(file));
  } catch (cause) {
    const remedy = `Correct the path, or unset ${PROJECTS_VARIABLE} for the default projects.`;
    throw new ProjectsFileError(file, `it cannot be read (${reason(cause)}). ${remedy}`);
  }
}

function parseList(file: string, text: string): unknown[] {
  const list = parseJson(file, text);
  if (Array.isArray(list) && list.length > 0) return list;
  throw new ProjectsFileError(
    file,
    'it holds no list of projects. Write [{ "id", "name", "directory", "build", "run" }, …].',
  );
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProjectsFileError(file, `it is not JSON: ${reason(cause)}. Correct it there.`);
  }
}

/** What the schema cannot see: other entries and the disk. */
function problemsWith(
  entry: ProjectEntry,
  index: number,
  file: string,
  ids: Map<string, number>,
): string[] {
  const problems: string[] = [];
  const earlier = ids.get(entry.id);
  if (earlier === undefined) ids.set(entry.id, index);
  else problems.push(`has the same id as entry [${earlier}]; give one of them another id`);
  const { directory } = locate(entry, file);
  if (!isDirectory(directory))
    problems.push(
      `"directory" is "${entry.directory}", but ${directory} is no directory; ` +
        "correct it (it is relative to the file), or create that directory",
    );
  return problems;
}

function locate({ id, name, description, directory, build, run }: ProjectEntry, file: string) {
  return {
    id,
    name,
    directory: resolve(dirname(file), directory),
    ...(description !== undefined && { description }),
    ...(build !== undefined && { build }),
    ...(run !== undefined && { run }),
  };
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `"${path}" ${issue.message}`;
}

function nameEntry(entry: unknown, index: number): string {
  const id = v.safeParse(v.object({ id: v.string() }), entry);
  return id.success ? `entry [${index}] (id "${id.output.id}"):` : `entry [${index}] (no id):`;
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
