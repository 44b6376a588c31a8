import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { run } from "./run.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of all hosts. */
    hosts: string;
    /** What would be published. */
    tarball: string;
  }
}

/**
 * Packs the library once for all hosts. Their folders are outside of the project, where a dependency
 * that the package forgot would be found all the same.
 */
export default async function packLibrary(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "active-indicator-"));
  await run(project.config.root, "npm", "pack", "--pack-destination", folder);
  const [tarball = ""] = await readdir(folder);
  project.provide("hosts", folder);
  project.provide("tarball", join(folder, tarball));
  return () => rm(folder, { recursive: true, force: true });
}
