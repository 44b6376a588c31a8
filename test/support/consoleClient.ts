import type { BuildJob, RunJob } from "../../src/jobs/contract.ts";
import { until } from "./consoleWaiting.ts";

/** What the development backend counts. */
export interface Counters {
  openStreams: number;
  streamsOpened: number;
  buildPolls: number;
}

/** The console's backend as a test looks at it, past the pages. */
export interface ConsoleClient {
  counters: () => Promise<Counters>;
  post: (path: string) => Promise<Response>;
  activeRuns: () => Promise<RunJob[]>;
  activeBuilds: () => Promise<BuildJob[]>;
  /** Stops all servers, and resolves when nothing is active and nobody listens any more. */
  settle: () => Promise<void>;
}

/** Signs in at a console for itself, apart from every page. */
export async function createConsoleClient(origin: string): Promise<ConsoleClient> {
  const cookie = await signIn(origin);
  const headers = { cookie };
  const get = (path: string) => fetch(`${origin}/api${path}`, { headers });
  const post = (path: string) => fetch(`${origin}/api${path}`, { method: "POST", headers });
  const counters = async () => readAs<Counters>(await get("/dev/counters"));
  const activeRuns = async () => {
    const { runs } = await readInit(await get("/runs/stream"));
    return runs.filter((run) => run.finishedAt === undefined);
  };
  const activeBuilds = async () => {
    const { builds } = await readAs<{ builds: BuildJob[] }>(await get("/builds"));
    return builds.filter((build) => build.finishedAt === undefined);
  };

  return {
    counters,
    post,
    activeRuns,
    activeBuilds,
    async settle() {
      await Promise.all((await activeRuns()).map((run) => post(`/runs/${run.id}/stop`)));
      await until(async () => (await activeBuilds()).length === 0, "all builds have ended");
      await until(async () => (await counters()).openStreams === 0, "all streams are closed");
    },
  };
}

async function signIn(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: "the-test" }),
  });
  const [cookie] = response.headers.get("set-cookie")?.split(";") ?? [];
  if (cookie === undefined) throw new Error(`No session: ${await response.text()}`);
  return cookie;
}

/** The first event of the stream: all runs. Leaving the loop closes the stream. */
async function readInit(response: Response): Promise<{ runs: RunJob[] }> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n\n")) break;
  }
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? "{}") as { runs: RunJob[] };
}

async function readAs<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body;
}
