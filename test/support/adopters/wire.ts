// What the adopters' backends send, as each documents it.

/** A deployment of a hosting service. */
export interface Deployment {
  uid: string;
  name: string;
  state: "QUEUED" | "BUILDING" | "READY" | "ERROR";
  created: number;
}

/** A workflow run of GitHub's. */
export interface WorkflowRun {
  id: number;
  name: string | null;
  status: "queued" | "in_progress" | "waiting" | "completed";
  conclusion: "success" | "failure" | "cancelled" | null;
  run_started_at?: string | null;
}

/** A long-running operation (AIP-151). */
export interface Operation {
  name: string;
  metadata: { title: string; state: "PENDING" | "RUNNING" };
  done?: boolean;
  error?: { message: string };
}

/** A job of a backend that says it in its own few words. */
export interface Task {
  id: string;
  title: string;
  state: "queued" | "working" | "failed";
}

/** A message with all jobs of a kind. */
export interface TaskMessage {
  list: Task[];
}
