import { statSync } from "node:fs";

/** Whether there is a directory at `path`, as far as this process can see. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Nothing is there, or the way there is none: a file, links in a circle, too long a name.
    return false;
  }
}

/**
 * What to say of a project whose directory has gone; `undefined` if the directory is there. The
 * system says of that only that the shell, or git, could not be started.
 */
export function missingDirectory(directory: string): string | undefined {
  if (isDirectory(directory)) return undefined;
  return `The directory ${directory} no longer exists. Restore it, or correct "directory" in the projects file, then restart the console.`;
}
