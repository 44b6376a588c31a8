import { defineJobKind } from "../../../src/index.ts";
import type { Task } from "./wire.ts";

/** A kind whose backend has all that a job needs, by the same words. */
export const tasks = defineJobKind({
  name: "task",
  noun: "Task",
  statuses: { queued: "queued", working: "working", failed: "failed" },
  parse: ({ id, title, state }: Task) => ({ id, title, status: state }),
});
