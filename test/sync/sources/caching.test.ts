import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { expect, it, onTestFinished, vi } from "vitest";
import { builds, pollSource } from "../../../src/index.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { createFaultEnvironment } from "../../support/faults/environment.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob } from "../../support/sync/wire.ts";

/** The machine may have much else to do. */
const soon = { timeout: 10_000 };
vi.setConfig({ testTimeout: 30_000 });

async function collectPolls(count: number): Promise<IncomingMessage[]> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url?.endsWith("/builds")) requests.push(request);
    response.writeHead(200, { "content-type": "application/json" }).end('{"builds":[]}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const sync = startBackendSync({
    store: createActivityStore(),
    environment: createFaultEnvironment(),
    baseUrl: `http://127.0.0.1:${port}/api`,
    pollIntervalMs: 5,
  });
  await expect.poll(() => requests.length, soon).toBeGreaterThanOrEqual(count);
  sync.stop();
  server.close();
  server.closeAllConnections();
  return requests;
}

it("asks for the very same URL each time: nothing in it is there to miss a cache", async () => {
  const requests = await collectPolls(3);
  expect(new Set(requests.map(({ method, url }) => `${method} ${url}`))).toEqual(
    new Set(["GET /api/builds"]),
  );
});

it("asks the server each time, whatever the browser's cache has", async () => {
  const [request] = await collectPolls(1);
  expect(request?.headers["cache-control"]).toBe("max-age=0");
  expect(request?.headers).not.toHaveProperty("pragma");
});

it("leaves headers and If-None-Match to the browser, so that an unchanged list costs a 304", () => {
  const { environment } = startFakeSync();
  const { signal: _, ...init } = environment.request().init;
  expect(init).toEqual({ cache: "no-cache" });
});

it("does not read an answer whose ETag is that of the last one", async () => {
  const { environment, store, connection } = startFakeSync();
  const etag = { etag: '"1"', "cache-control": "private, no-cache" };
  environment.request().respond({ builds: [buildJob("1", "running")] }, 200, etag);
  await environment.advance(5_000);
  environment.request().respond("not even JSON", 200, etag);
  await environment.settle();
  expect(Object.keys(store.getState().backendJobs)).toEqual(["build:1"]);
  expect(connection().builds).toBe("live");
  await environment.advance(5_000);
  environment.request().respond({ builds: [] }, 200, { ...etag, etag: '"2"' });
  await environment.settle();
  expect(store.getState().backendJobs).toEqual({});
});

it("reads an answer of the same ETag from another URL", async () => {
  let page = 0;
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const source = pollSource({
    kind: builds,
    url: () => `/page/${(page += 1)}`,
    list: ({ builds: list }) => list,
  });
  const sync = startBackendSync({ store, environment, sources: [source] });
  onTestFinished(sync.stop);
  environment.request().respond({ builds: [buildJob("1", "running")] }, 200, { etag: '"1"' });
  await environment.advance(5_000);
  environment.request().respond({ builds: [buildJob("2", "running")] }, 200, { etag: '"1"' });
  await environment.settle();
  expect(Object.keys(store.getState().backendJobs)).toEqual(["build:2"]);
});
