// The backend that the README gives to those who have none yet.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, it, onTestFinished } from "vitest";
import { builds } from "../../src/jobs/buildsAndRuns.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectLabel } from "../../src/store/selectors.ts";
import { trackRequest } from "../../src/store/trackRequest.ts";
import { browserEnvironment } from "../../src/sync/environment.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { readReadme } from "../support/readme.ts";
import { NodeEventSource } from "../support/sync/eventSource.ts";
import { statuses } from "../support/sync/harness.ts";

const soon = { timeout: 20_000 };
let server: ChildProcess | undefined;
afterEach(() => void server?.kill());

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

it("is followed by a header with nothing else, and shows the build that was asked for", async () => {
  const [, script = ""] = /^```js\n(import .*?)^```/ms.exec(await readReadme()) ?? [];
  const port = await findFreePort();
  server = spawn(process.execPath, ["--input-type=module", "-"], { stdio: ["pipe", "ignore", 2] });
  server.stdin?.end(script.replace("4000", `${port}`).replace("10_000", "500"));
  const store = createActivityStore();
  const baseUrl = `http://127.0.0.1:${port}/api`;
  const environment = {
    ...browserEnvironment,
    random: () => 0.01,
    openEventSource: (url: string) => new NodeEventSource(url),
  };
  onTestFinished(startBackendSync({ store, environment, baseUrl }).stop);
  await expect.poll(() => statuses(store), soon).toEqual({ runs: "live", builds: "live" });
  const send = async () =>
    (await fetch(`${baseUrl}/projects/shop/build`, { method: "POST" })).json();
  await trackRequest(store, send, {
    label: "Triggering build",
    job: (answer) => builds.parse(answer.build),
  });
  expect(selectLabel(store.getState())).toBe("Building (shop)");
  const ended = () => Object.values(store.getState().endedJobs).map(({ error }) => error);
  await expect.poll(ended, soon).toEqual(["exit code 1"]);
});
