import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished } from "vitest";

import type { DevProject } from "../../../src/dev-backend/projects.ts";

/** Makes a directory with these files, for the length of one test. */
export function makeDirectory(files: Record<string, string> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "dev-backend-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** Makes a project in a directory of its own. */
export function makeProject(
  project: Partial<DevProject>,
  files: Record<string, string> = {},
): DevProject {
  return { id: "shop", name: "Shop", directory: makeDirectory(files), ...project };
}

/** A command line that runs this script with node. It may use double quotes, but no single ones. */
export function nodeCommand(script: string): string {
  return `node -e '${script}'`;
}
