import { defineJobKind, pollSource } from "../../../src/index.ts";
import type { WorkflowRun } from "./wire.ts";

const active = { queued: "queued", in_progress: "working", waiting: "waiting" } as const;
const ended = { success: "succeeded", failure: "failed", cancelled: "stopped" } as const;

const workflows = defineJobKind({
  name: "workflow",
  noun: "Workflow",
  statuses: { ...active, ...ended, completed: "ended" },
  parse: ({ id, name, status, conclusion, run_started_at }: WorkflowRun) => ({
    id: String(id),
    status: status === "completed" ? (conclusion ?? status) : status,
    title: name,
    startedAt: run_started_at,
  }),
});

/** GitHub's workflow runs: numeric ids, a status and a conclusion, a token in a header. */
export const followWorkflows = (origin: string, token: string) => {
  const url = `${origin}/repos/acme/shop/actions/runs`;
  const headers = { authorization: `Bearer ${token}` };
  return {
    sources: [
      pollSource({ kind: workflows, url, intervalMs: 100, list: (it) => it.workflow_runs }),
    ],
    fetch: (input: string, init: RequestInit) => fetch(input, { ...init, headers }),
  };
};
