// What a source's types infer, and what they refuse: compiled by `npm run check:types`, never run.
import {
  type ActivityState,
  type ActivityStore,
  type BuildJob,
  builds,
  buildsAndRuns,
  defineJobKind,
  defineSource,
  type Job,
  type JobKey,
  pollSource,
  type Source,
  startBackendSync,
  streamSource,
  trackRequest,
} from "../../src/index.ts";

interface Switch {
  id: string;
  is: "on" | "off";
}

const parse = ({ id, is }: Switch) => ({ id, status: is });
const lamps = defineJobKind({
  name: "lamp",
  noun: "Lamp",
  statuses: { on: "steady", off: "stopped" },
  parse,
});
const pumps = defineJobKind({
  name: "pump",
  noun: "Pump",
  statuses: { on: "working", off: "succeeded" },
  parse,
});

/** A body may have a type, or none: what picks the entries out of it says which. */
const poll = pollSource({
  kind: pumps,
  url: () => `/pumps?at=${Date.now()}`,
  list: (body: { items: Switch[] }) => body.items,
  init: { headers: { authorization: "token t" } },
});
const plainPoll = pollSource({ kind: lamps, url: "/lamps", list: (body) => body.lamps });
const stream = streamSource({
  kind: pumps,
  url: "/pumps/stream",
  snapshot: { event: "all", list: (data) => data },
  update: { event: "one", entry: (data: { pump: Switch }) => data.pump },
  sendsSnapshot: false,
});

/** A kind by poll and stream is one source that is made of two. */
const both = defineSource({
  name: "pumps",
  kinds: [pumps],
  start(sink, context) {
    const stops = [poll, stream].map((it) => it.start(sink, context));
    return () => stops.forEach((stop) => stop());
  },
});

/** A source may use all that surrounds it, and gives back what its kind or `jobs` gave. */
const careful = defineSource({
  name: "careful",
  kinds: [lamps],
  key: "/lamps",
  silenceMs: 30_000,
  runsIn: "everyTab",
  start(sink, { signal, fetch, now, tick, after, isHidden, onWake, onHint, jobs }) {
    const askedAt = tick();
    const look = (job: Job) => void fetch(`/lamps/${job.id}`, { signal });
    onHint(look);
    onWake(() => sink.update(jobs()));
    const cancel = after(isHidden() ? 60_000 : now() % 2, () => {
      const all: Job[] = sink.parse(lamps, [{ id: "1" }, 7]);
      sink.snapshot(lamps, all, { askedAt, clockOffsetMs: 0 });
      sink.gone(all.map(({ key }): JobKey => key));
      sink.problem(new Error("odd"));
      sink.lost("gone", { retryAfterMs: 1_000 });
    });
    sink.live();
    return cancel;
  },
});

/** Sources that are refused. */
export function wrongSources(): void {
  // @ts-expect-error -- a source says what ends it
  defineSource({ name: "s", kinds: [lamps], start() {} });
  // @ts-expect-error -- it names its kinds
  defineSource({ name: "s", start: () => () => {} });
  // @ts-expect-error -- the leader or every tab
  defineSource({ ...careful, runsIn: "all" });
  // @ts-expect-error -- a list is not one entry
  pollSource({ kind: lamps, url: "/lamps", list: (body: { lamp: Switch }) => body.lamp });
  // @ts-expect-error -- a kind is what defineJobKind gives
  pollSource({ kind: "lamp", url: "/lamps", list: (body) => body });
}

/** The sync of a store: the pair of the contract, or sources of a host's own. */
export function syncs(store: ActivityStore, hostStore: { getState: () => ActivityState }): void {
  const sources: readonly Source[] = [careful, both];
  startBackendSync({ store });
  startBackendSync({ store, baseUrl: "/x", pollIntervalMs: 1_000, silenceMs: 0 });
  startBackendSync({ store, sources: [...buildsAndRuns({ baseUrl: "/x" }), plainPoll, both] });
  startBackendSync({ store, sources, fetch, openEventSource: (url) => new EventSource(url) });
  // @ts-expect-error -- options of the pair beside sources
  startBackendSync({ store, sources, baseUrl: "/x" });
  // @ts-expect-error -- the same
  startBackendSync({ store, sources, pollIntervalMs: 1_000 });
  // @ts-expect-error -- the same
  startBackendSync({ store, sources, silenceMs: 0 });
  // @ts-expect-error -- a store that nobody can subscribe to
  startBackendSync({ store: hostStore });
}

/** The answer to a request holds a job, which its kind reads. */
export async function requests(
  store: ActivityStore,
  api: { build: () => Promise<{ build: BuildJob }> },
): Promise<BuildJob> {
  const { build } = await trackRequest(store, () => api.build(), {
    label: "Triggering build",
    job: (answer) => builds.parse(answer.build),
  });
  // @ts-expect-error -- the entry as the server sent it is no job
  void trackRequest(store, () => api.build(), { label: "Triggering", job: (it) => it.build });
  // @ts-expect-error -- of another kind
  void trackRequest(store, () => api.build(), { label: "Go", job: (it) => lamps.parse(it.build) });
  return build;
}
