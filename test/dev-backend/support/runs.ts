import type { RunJob } from "../../../src/jobs/contract.ts";
import type { Client } from "./client.ts";

/** A command that runs until it is stopped. */
export const forever = "exec sleep 300";

/** Starts the server of that project. */
export async function startRun(client: Client, projectId = "shop"): Promise<RunJob> {
  const { status, body } = await client.post(`/projects/${projectId}/run`);
  if (status !== 202) throw new Error(`It was not started: ${body.error}`);
  return body.run;
}

/** Stops a run. */
export function stopRun(client: Client, id: string): ReturnType<Client["post"]> {
  return client.post(`/runs/${id}/stop`);
}
