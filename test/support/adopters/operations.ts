import { defineJobKind, defineSource, type Job } from "../../../src/index.ts";
import type { Operation } from "./wire.ts";

/** Google's long-running operations (AIP-151). */
export const operations = defineJobKind({
  name: "operation",
  noun: "Export",
  statuses: { PENDING: "queued", RUNNING: "working", ok: "succeeded", error: "failed" },
  parse: ({ name: id, metadata: { title, state }, done, error }: Operation) => {
    return { id, title, status: error ? "error" : done ? "ok" : state, error: error?.message };
  },
});

/** Those that the user's requests began, each polled by its own URL until it is done. */
export const sourceOfOperations = (origin: string) =>
  defineSource({
    name: "operations",
    kinds: [operations],
    start(sink, { fetch, after, onHint, jobs, signal }) {
      const watched = new Set<string>();
      async function look({ key, id }: Job): Promise<void> {
        const answer = await fetch(`${origin}/v1/${id}`, { signal });
        if (!answer.ok) return answer.status === 404 ? sink.gone([key]) : sink.lost("refused");
        const [job] = sink.parse(operations, [await answer.json()]);
        sink.live();
        sink.update(job ? [job] : []);
        if (job?.phase) after(1_000 * Number(answer.headers.get("retry-after")), () => begin(job));
      }
      const begin = (job: Job) => void look(job).catch((error) => sink.lost(String(error)));
      const watch = (job: Job) => watched.size < watched.add(job.key).size && begin(job);
      jobs().forEach((job) => watch(job));
      onHint(watch);
      if (watched.size === 0) sink.live();
      return () => {};
    },
  });
