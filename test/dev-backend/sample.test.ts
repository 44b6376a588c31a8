import { expect, it } from "vitest";

import { defaultProjects } from "../../src/dev-backend/defaultProjects.ts";
import { startServer } from "./support/startServer.ts";
import { until } from "./support/waiting.ts";

it("the sample is built in the time that it is given, and served on this machine only", async () => {
  const projects = defaultProjects.map((each) =>
    Object.assign({}, each, { build: `${each.build} 300` }),
  );
  const client = await (await startServer({ projects })).signIn();
  const stream = await client.stream();
  const startedAt = performance.now();
  await client.post("/projects/sample-site/build");
  const status = async () => (await client.get("/builds")).body.builds[0].status;
  await until(async () => (await status()) === "succeeded", "it is built");
  expect(performance.now() - startedAt).toBeGreaterThan(300);

  const { run } = (await client.post("/projects/sample-site/run")).body;
  const { data } = await stream.find((event) =>
    event.data?.entry?.message.startsWith("Serving on"),
  );
  const address = data.entry.message.replace("Serving on ", "");
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${address}/`)).text()).toContain("<h1>Sample site</h1>");
  expect(await (await fetch(`${address}/about.html`)).text()).toContain("<h1>About</h1>");
  expect((await fetch(`${address}/../build.mjs`)).status).toBe(404);
  expect((await fetch(`${address}/%2e%2e/build.mjs`)).status).toBe(404);

  await client.post(`/runs/${run.id}/stop`);
  await expect(fetch(address)).rejects.toThrow(/fetch failed/);
});
