import { streamSource } from "../../../src/index.ts";
import { tasks } from "./tasks.ts";
import type { TaskMessage } from "./wire.ts";

/** Tasks by an event stream, and nothing else. */
export const followStream = (origin: string) => ({
  sources: [
    streamSource({
      kind: tasks,
      url: `${origin}/tasks/stream`,
      snapshot: { event: "tasks", list: (data: TaskMessage) => data.list },
      update: { event: "task", entry: (data) => data },
    }),
  ],
});
