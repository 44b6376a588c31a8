import { defineJobKind, defineSource } from "../../../src/index.ts";
import { tasks } from "./tasks.ts";
import type { Task, TaskMessage } from "./wire.ts";

const lamps = defineJobKind({
  name: "lamp",
  noun: "Lamp",
  statuses: { working: "steady", failed: "failed" },
  parse: ({ id, title, state }: Task) => ({
    id,
    title,
    status: state === "failed" ? state : "working",
  }),
});

/** Two kinds from one connection. */
export const followBoth = (origin: string) => ({
  sources: [
    defineSource({
      name: "both",
      kinds: [tasks, lamps],
      key: origin,
      start(sink, { openEventSource }) {
        const stream = openEventSource(`${origin}/both/stream`);
        for (const kind of [tasks, lamps])
          stream.addEventListener(`${kind.name}s`, ({ data }) => {
            const { list }: TaskMessage = JSON.parse(String(data));
            sink.snapshot(kind, sink.parse(kind, list));
          });
        stream.addEventListener("error", () => sink.lost("closed"));
        return () => stream.close();
      },
    }),
  ],
});
