import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { http, HttpResponse } from "msw";
import { builds } from "../../../src/jobs/buildsAndRuns.ts";
import type { BuildJob } from "../../../src/jobs/contract.ts";
import type { Job } from "../../../src/jobs/job.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { trackRequest } from "../../../src/store/trackRequest.ts";
import { browserEnvironment } from "../../../src/sync/environment.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { recordLabels } from "../../support/jobs/jobStore.ts";
import { createMswBackend, mswBaseUrl } from "../../support/sync/mswBackend.ts";
import { buildJob } from "../../support/sync/wire.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

const backend = createMswBackend();
beforeEach(() => {
  backend.listen();
  backend.server.use(
    http.post(`${mswBaseUrl}/projects/shop/build`, () => {
      backend.state.builds = [buildJob("b1", "running")];
      setTimeout(() => (backend.state.builds = [buildJob("b1", "succeeded")]), 40);
      return HttpResponse.json({ build: buildJob("b1", "running") }, { status: 202 });
    }),
  );
});
afterEach(() => backend.close());

async function triggerBuild(): Promise<Job> {
  const response = await fetch(`${mswBaseUrl}/projects/shop/build`, { method: "POST" });
  const { build }: { build: BuildJob } = JSON.parse(await response.text());
  return builds.parse(build);
}

it("shows a build of 40 ms from its trigger response until the next poll, without an idle gap", async () => {
  const store = createActivityStore();
  const environment = browserEnvironment;
  const sync = startBackendSync({ store, environment, baseUrl: mswBaseUrl, pollIntervalMs: 300 });
  onTestFinished(sync.stop);
  await expect.poll(() => backend.state.polls, soon).toHaveLength(1);
  const labels = recordLabels(store);

  await trackRequest(store, triggerBuild, {
    label: "Triggering build • shop",
    job: (build) => build,
  });

  await expect.poll(() => labels.at(-1), soon).toBe("Idle");
  expect(labels).toEqual(["Idle", "Triggering build • shop", "Building (shop)", "Idle"]);
  expect(store.getState().endedJobs["build:b1"]).toMatchObject({
    status: "succeeded",
    seenActive: true,
  });
});
