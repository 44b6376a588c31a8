import * as v from "valibot";
import { builds, runs } from "../../../src/jobs/buildsAndRuns.ts";
import type { JobKind } from "../../../src/jobs/defineJobKind.ts";
import type { Job } from "../../../src/jobs/job.ts";
import { until } from "./waiting.ts";

const countersSchema = v.object({
  openStreams: v.number(),
  streamsOpened: v.number(),
  buildPolls: v.number(),
});

const buildListSchema = v.object({ builds: v.array(v.unknown()) });
const runInitSchema = v.object({ runs: v.array(v.unknown()) });

/** The console's backend as a test looks at it, past the pages. */
export interface ConsoleClient {
  /** What the development backend has counted. */
  counters: () => Promise<v.InferOutput<typeof countersSchema>>;
  post: (path: string) => Promise<Response>;
  /** Stops all servers, and resolves when nothing is active and nobody listens any more. */
  settle: () => Promise<void>;
}

/** Signs in at a console for itself, apart from every page. */
export async function createConsoleClient(origin: string): Promise<ConsoleClient> {
  const headers = { cookie: await signInPast(origin) };
  const get = (path: string) => fetch(`${origin}/api${path}`, { headers });
  const post = (path: string) => fetch(`${origin}/api${path}`, { method: "POST", headers });
  const counters = async () => v.parse(countersSchema, await (await get("/dev/counters")).json());
  const listRuns = async () => {
    const init: unknown = JSON.parse(await readFirstData(await get("/runs/stream")));
    return parseAll(runs, v.parse(runInitSchema, init).runs);
  };
  const listBuilds = async () => {
    const answer: unknown = await (await get("/builds")).json();
    return parseAll(builds, v.parse(buildListSchema, answer).builds);
  };

  return {
    counters,
    post,
    async settle() {
      const active = (await listRuns()).filter(isActive);
      await Promise.all(active.map(({ id }) => post(`/runs/${id}/stop`)));
      await until(async () => !(await listBuilds()).some(isActive), "all builds have ended");
      await until(async () => (await counters()).openStreams === 0, "all streams are closed");
    },
  };
}

/** Signs in past the pages, and resolves to the cookie of the session. */
export async function signInPast(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "the-test" }),
  });
  const [cookie] = response.headers.get("set-cookie")?.split(";") ?? [];
  if (cookie === undefined) throw new Error(`No session: ${await response.text()}`);
  return cookie;
}

/** The data of the first event; leaving the loop closes the stream. */
async function readFirstData(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n\n")) break;
  }
  return /^data: (.*)$/m.exec(text)?.[1] ?? "";
}

// A problem with any of them costs the test.
function parseAll({ parse }: JobKind, entries: readonly unknown[]): Job[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's parse checks it
  return entries.map((entry) => parse(entry as never, refuse));
}

function isActive({ phase }: Job): boolean {
  return phase !== undefined;
}

function refuse(problem: Error): void {
  throw problem;
}
