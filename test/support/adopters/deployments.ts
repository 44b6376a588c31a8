import { defineJobKind, pollSource } from "../../../src/index.ts";
import type { Deployment } from "./wire.ts";

const deployments = defineJobKind({
  name: "deployment",
  noun: "Deployment",
  statuses: { QUEUED: "queued", BUILDING: "working", READY: "succeeded", ERROR: "failed" },
  parse: (it: Deployment) => ({ id: it.uid, status: it.state, title: it.name }),
});

/** Deployments by poll, with paths, field names and statuses of their own. */
export const followDeployments = (origin: string) => ({
  sources: [
    pollSource({
      kind: deployments,
      url: `${origin}/v6/deployments`,
      intervalMs: 100,
      list: (body: { deployments: Deployment[] }) => body.deployments,
    }),
  ],
});
