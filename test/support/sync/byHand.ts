import { onTestFinished } from "vitest";
import { defineJobKind, type JobKind } from "../../../src/jobs/defineJobKind.ts";
import type { Job } from "../../../src/jobs/job.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import {
  defineSource,
  type Sink,
  type Source,
  type SourceContext,
} from "../../../src/sync/sources/source.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";

/** A kind of jobs that are made by hand. */
export function kindOf(name: string) {
  const kind = defineJobKind({
    name,
    noun: name,
    statuses: { queued: "queued", running: "working", done: "succeeded", failed: "failed" },
    parse: (raw: { id: string; status: "queued" | "running" | "done" | "failed" }) => raw,
  });
  type Status = Parameters<typeof kind.parse>[0]["status"];
  const job = (id: string, status: Status = "running"): Job => kind.parse({ id, status });
  return { kind, job };
}

/** Options of {@link createHandSource}. */
export interface HandSourceOptions extends Partial<Pick<Source, "silenceMs">> {
  /** Called at each start; `attempt` is 1 for the first. */
  onStart?: (sink: Sink, context: SourceContext, attempt: number) => void;
}

/** A source whose attempts are the test's. */
export function createHandSource(kind: JobKind, { onStart, ...options }: HandSourceOptions = {}) {
  const attempts: { readonly sink: Sink; readonly context: SourceContext; hasEnded: boolean }[] =
    [];
  const source = defineSource({
    name: kind.name,
    kinds: [kind],
    ...options,
    start(sink, context) {
      const attempt = { sink, context, hasEnded: false };
      attempts.push(attempt);
      onStart?.(sink, context, attempts.length);
      return () => {
        attempt.hasEnded = true;
      };
    },
  });

  function newest() {
    const attempt = attempts.at(-1);
    if (!attempt) throw new Error(`the source "${kind.name}" was not started`);
    return attempt;
  }

  return { source, attempts, sink: () => newest().sink, context: () => newest().context };
}

/** Starts a sync of such sources in a fake world; it is stopped after the test. */
export function startHandSync(
  sources: readonly { readonly source: Source }[],
  environment = createFakeEnvironment(),
) {
  const store = createActivityStore();
  const sync = startBackendSync({
    store,
    environment,
    sources: sources.map(({ source }) => source),
  });
  onTestFinished(sync.stop);
  const status = (name: string) => store.getState().connection[name]?.status;
  return { store, environment, sync, status };
}
