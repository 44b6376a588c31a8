import { statSync } from "node:fs";

/**
 * What to say of a project whose directory has gone; `undefined` if the directory is there. The
 * system says of that only that the shell, or git, could not be started.
 */
export function missingDirectory(directory: string): string | undefined {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return `The directory ${directory} no longer exists. Restore it, or correct "directory" in the projects file.`;
}
