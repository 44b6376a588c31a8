import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import { missingDirectory } from "./missingDirectory.ts";
import { HttpError } from "./httpError.ts";
import type { ScanResult } from "./projects.ts";

/** Not the project's own work: installed, kept by git, or made by a build. */
const SKIPPED = new Set(["node_modules", ".git", "dist"]);

type Size = Pick<ScanResult, "files" | "bytes">;

/**
 * Walks a directory and counts its files. Links are not followed, so it ends.
 *
 * @throws HttpError 400 if the directory cannot be read, or when `signal` aborts.
 */
export async function scanDirectory(directory: string, signal: AbortSignal): Promise<ScanResult> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: Error) => {
    throw unreadable(directory, cause);
  });
  return { ...(await measureAll(entries, signal)), scannedAt: new Date().toISOString() };
}

async function measureAll(entries: readonly Dirent[], signal: AbortSignal): Promise<Size> {
  if (signal.aborted) throw new HttpError(400, "The scan was given up, as nobody waited any more.");
  const sizes = await Promise.all(entries.map((entry) => measure(entry, signal)));
  return {
    files: sizes.reduce((sum, { files }) => sum + files, 0),
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function measure(entry: Dirent, signal: AbortSignal): Promise<Size> {
  const path = join(entry.parentPath, entry.name);
  if (entry.isDirectory() && !SKIPPED.has(entry.name))
    return measureAll(await readdir(path, { withFileTypes: true }).catch(none), signal);
  return entry.isFile() ? { files: 1, bytes: await sizeOf(path) } : { files: 0, bytes: 0 };
}

/** Gone since it was listed, or not ours to read: the rest of the project still counts. */
function none(): Dirent[] {
  return [];
}

async function sizeOf(file: string): Promise<number> {
  // A file that went away meanwhile has no size.
  return lstat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function unreadable(directory: string, cause: Error): HttpError {
  const message = missingDirectory(directory) ?? `${directory} cannot be read (${cause.message}).`;
  return new HttpError(400, message, { cause });
}
