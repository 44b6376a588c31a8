import { defineSource } from "../../../src/index.ts";
import { tasks } from "./tasks.ts";
import type { TaskMessage } from "./wire.ts";

/** Tasks by a WebSocket, which says all of them whenever one changes. */
export const followSocket = (origin: string) => ({
  sources: [
    defineSource({
      name: "socket",
      kinds: [tasks],
      key: origin,
      silenceMs: 30_000,
      start(sink) {
        const socket = new WebSocket(`${origin.replace("http", "ws")}/socket`);
        socket.addEventListener("message", ({ data }) => {
          const { list }: TaskMessage = JSON.parse(String(data));
          sink.snapshot(tasks, sink.parse(tasks, list));
        });
        socket.addEventListener("close", ({ code }) => {
          if (code === 4401) sink.unauthorized();
          else sink.lost(`closed (${code})`);
        });
        return () => socket.close();
      },
    }),
  ],
});
