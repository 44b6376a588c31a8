import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { answers, flapping, good, reset } from "../support/faults/behaviours.ts";
import { type FaultPageServer, startFaultPageServer } from "../support/faults/page.ts";
import { startFaultServer } from "../support/faults/server.ts";
import { setUpChromium } from "../support/chromium/shared.ts";
import { buildJob, runJob } from "../support/sync/wire.ts";

const before = "Building (shop) +1 | live live";
const after = "Server running (blog) +1 | live live";

/** How long anything may take here, in ms: the machine may have much else to do. */
const timeout = 10_000;

const browser = setUpChromium();
let pages: FaultPageServer;
beforeAll(async () => {
  pages = await startFaultPageServer();
});
afterAll(() => pages.close());

/** A page with a sync of its own, and what its header says; it has come to `before`. */
async function open({ expect, onTestFinished }: TestContext) {
  const server = await startFaultServer();
  onTestFinished(server.kill);
  server.runs = [runJob("r1", "running")];
  const page = await pages.open(browser(), server.baseUrl);
  onTestFinished(() => page.close());
  const history = () => page.evaluate(() => window.said ?? []);
  const says = async (saying: string) => {
    // Asked from here by eight tests at once, the pages would keep a core busy.
    await page
      .waitForFunction((text) => window.said?.at(-1) === text, saying, { timeout, polling: 20 })
      .catch(async () => expect((await history()).at(-1)).toBe(saying));
  };
  await says("Server running (shop) | live live");
  server.builds = [buildJob("b1", "running")];
  await says(before);
  const length = (await history()).length;

  return {
    server,
    says,
    /** All that was said since `before`. */
    saidSince: async () => (await history()).slice(length),
    /** The headers alone. */
    headersSince: async () => [...new Set((await history()).slice(length - 1).map(header))],
    startAnotherRun: () => {
      server.update(runJob("r1", "stopped"));
      server.update(runJob("r2", "running", { projectId: "blog" }));
    },
  };
}

const lostRuns = "Building (shop) +1 | lost live";

function header(saying: string): string {
  return saying.replace(/ \|.*/, "");
}

describe.concurrent("in a real browser, with its own EventSource and its own cache", () => {
  it.for([
    ["500, after which it would never retry", answers(500)],
    ["204, after which it would never retry", answers(204)],
    ["a reset, after which it would retry every 3 s", reset],
  ] as const)("the stream comes back after %s", async ([, behaviour], context) => {
    const { expect } = context;
    const { server, says, headersSince, startAnotherRun } = await open(context);
    server.stream = behaviour;
    server.dropStreams();
    await says(lostRuns);
    startAnotherRun();
    await expect.poll(() => server.counts.streams, { timeout }).toBeGreaterThan(3);
    server.stream = good;
    await says(after);
    expect(await headersSince()).toEqual([header(before), header(after)]);
  });

  it("the stream comes back after it ended well and then met a proxy's 502", async (context) => {
    const { expect } = context;
    const { server, says, headersSince, startAnotherRun } = await open(context);
    server.stream = answers(502);
    for (const stream of server.streams) stream.end();
    await says(lostRuns);
    startAnotherRun();
    await expect.poll(() => server.counts.streams, { timeout }).toBeGreaterThan(2);
    server.stream = good;
    await says(after);
    expect(await headersSince()).toEqual([header(before), header(after)]);
  });

  it("both come back when the server was killed and started again", async (context) => {
    const { expect } = context;
    const { server, says, headersSince, startAnotherRun } = await open(context);
    await server.kill();
    await says("Building (shop) +1 | lost lost");
    startAnotherRun();
    await server.restart();
    await says(after);
    expect(await headersSince()).toEqual([header(before), header(after)]);
  });

  it("a stream that flaps every 200 ms does not hide the truth, nor is it hammered", async (context) => {
    const { expect } = context;
    const { server, saidSince, startAnotherRun } = await open(context);
    const [opened, beganAt] = [server.counts.streams, performance.now()];
    server.stream = flapping(200);
    server.dropStreams();
    startAnotherRun();
    await expect
      .poll(async () => (await saidSince()).at(-1), { timeout })
      .toContain("Server running (blog) +1");
    await new Promise((resolve) => void setTimeout(resolve, 2_000));
    // 200 ms each, and 100 ms of backoff between them; some timers are early by a little.
    const most = (performance.now() - beganAt) / 250 + 1;
    expect(server.counts.streams - opened).toBeLessThanOrEqual(most);
  });

  it("a stream that fell silent, as in sleep, is replaced without being called lost", async (context) => {
    const { expect } = context;
    const { server, says, saidSince, startAnotherRun } = await open(context);
    server.forgetStreams();
    startAnotherRun();
    await says(after);
    expect(await saidSince()).toEqual([after]);
  });

  it("an unchanged list of builds costs a 304", async (context) => {
    const { expect } = context;
    const { server } = await open(context);
    const { polls, notModified } = server.counts;
    await expect.poll(() => server.counts.polls - polls, { timeout }).toBeGreaterThan(4);
    expect(server.counts.notModified - notModified).toBeGreaterThanOrEqual(3);
  });
});
