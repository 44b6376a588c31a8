import type { BuildJob } from "../../../src/jobs/contract.ts";
import type { Client } from "./client.ts";
import { until } from "./waiting.ts";

/** Every build, newest first. */
export async function listBuilds(client: Client): Promise<BuildJob[]> {
  return (await client.get("/builds")).body.builds;
}

/** Queues a build. */
export async function build(client: Client, projectId = "shop"): Promise<BuildJob> {
  const { status, body } = await client.post(`/projects/${projectId}/build`);
  if (status !== 202) throw new Error(`It was not queued: ${body.error}`);
  return body.build;
}

/** Waits until that build has finished. */
export async function finished(client: Client, id: string): Promise<BuildJob> {
  let found: BuildJob | undefined;
  await until(async () => {
    found = (await listBuilds(client)).find((each) => each.id === id);
    return found?.finishedAt !== undefined;
  });
  if (!found) throw new Error(`There is no build ${id}.`);
  return found;
}
