// What hosts with other backends write, and what their users see: over real HTTP and real streams.
// Each host's code is a file of test/support/adopters. What a browser alone has (a WebSocket in
// every version, real tabs) is in test/browser/adopters.test.ts.
import { environmentManager, QueryClient } from "@tanstack/query-core";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { selectLostSince, selectUnreadFailures, trackRequest } from "../../src/index.ts";
import { followDeployments } from "../support/adopters/deployments.ts";
import { type AdopterOptions, createNodeTabs, type NodeTab } from "../support/adopters/nodeTabs.ts";
import { operations, sourceOfOperations } from "../support/adopters/operations.ts";
import { followBuilds } from "../support/adopters/pollOnly.ts";
import { followQueryCache } from "../support/adopters/queryCache.ts";
import { type AdopterServer, startAdopterServer, toOperation } from "../support/adopters/server.ts";
import { followStream } from "../support/adopters/streamOnly.ts";
import { followBoth } from "../support/adopters/twoKinds.ts";
import type { Task } from "../support/adopters/wire.ts";
import { followWorkflows } from "../support/adopters/workflows.ts";

interface Adopter {
  follow: (origin: string, tab: string) => AdopterOptions;
  source: string;
  queued: string;
  working: string;
  /** What is said when none of its jobs is active. @default "Idle" */
  idle?: string;
  /** Has the user ask for a job, where the backend lists none. */
  ask?: (tab: NodeTab, job: Task) => Promise<unknown>;
  /** Whether each tab asks for itself. @default false */
  isEveryTabs?: boolean;
}

const followOperations = (origin: string) => ({ sources: [sourceOfOperations(origin)] });

const adopters: Record<string, Adopter> = {
  "deployments by poll, with paths, fields and statuses of their own": {
    follow: followDeployments,
    source: "deployment",
    queued: "Deployment queued (shop)",
    working: "Deployment building (shop)",
  },
  "GitHub's workflow runs, with a token in a header": {
    follow: followWorkflows,
    source: "workflow",
    queued: "Workflow queued (shop)",
    working: "Workflow in progress (shop)",
  },
  "the cache of TanStack Query, which each tab has": {
    follow: (origin) => followQueryCache(origin, new QueryClient()),
    source: "cache",
    queued: "Task queued (shop)",
    working: "Task working (shop)",
    isEveryTabs: true,
  },
  "long-running operations, each by its own URL": {
    follow: followOperations,
    source: "operations",
    queued: "Export pending (shop)",
    working: "Export running (shop)",
    ask: ({ store }, job) => {
      const begin = () => Promise.resolve(toOperation(job));
      return trackRequest(store, begin, {
        label: "Asking",
        job: (operation) => operations.parse(operation),
      });
    },
  },
  "a poll only": {
    follow: followBuilds,
    source: "build",
    queued: "Build queued…",
    working: "Building (shop)",
  },
  "a stream only": {
    follow: followStream,
    source: "task",
    queued: "Task queued (shop)",
    working: "Task working (shop)",
  },
  "two kinds from one connection": {
    follow: followBoth,
    source: "both",
    queued: "Task queued (shop)",
    working: "Task working (shop)",
    idle: "Lamp working (hall)",
  },
};

// Its observers do not ask again by themselves on a server, and Node looks like one.
beforeAll(() => environmentManager.setIsServer(() => false));
afterAll(() => environmentManager.setIsServer(() => true));

async function serve(): Promise<AdopterServer> {
  const server = await startAdopterServer();
  onTestFinished(server.close);
  return server;
}

const job = (id: string, state: Task["state"]): Task => ({ id, title: "shop", state });
const soon = { timeout: 8_000, interval: 10 };
const passes = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));

describe.each(Object.entries(adopters))("%s", (_, adopter) => {
  const { follow, source, queued, working, idle = "Idle", ask = () => {}, isEveryTabs } = adopter;

  it("shows a job from its turn in the queue to a failure that stays", async () => {
    const server = await serve();
    const tab = createNodeTabs(follow)(server.origin);
    const failures = () => selectUnreadFailures(tab.store.getState());
    await expect.poll(tab.connection, soon).toEqual({ [source]: "live" });
    server.set([job("1", "queued")]);
    await ask(tab, job("1", "queued"));
    await expect.poll(tab.label, soon).toBe(queued);
    server.set([job("1", "working")]);
    await expect.poll(tab.label, soon).toBe(working);
    server.set([job("1", "failed")]);
    await expect.poll(tab.label, soon).toBe(idle);
    expect(failures()).toBe(1);
    await passes(300);
    expect(failures()).toBe(1);
  });

  it("says that it is lost and keeps what was known last, until it is back", async () => {
    const server = await serve();
    const tab = createNodeTabs(follow)(server.origin);
    server.set([job("1", "working")]);
    await expect.poll(tab.connection, soon).toEqual({ [source]: "live" });
    await ask(tab, job("1", "working"));
    await expect.poll(tab.label, soon).toBe(working);
    server.goDown();
    await expect.poll(tab.connection, soon).toEqual({ [source]: "lost" });
    expect(tab.label()).toBe(working);
    expect(selectLostSince(tab.store.getState())).toBeDefined();
    server.set([job("1", "failed")]);
    server.comeBack();
    await expect.poll(tab.label, soon).toBe(idle);
    await expect.poll(tab.connection, soon).toEqual({ [source]: "live" });
    expect(selectUnreadFailures(tab.store.getState())).toBe(1);
  });

  it(`is asked by ${isEveryTabs ? "each of two tabs" : "one of two tabs for both"}`, async () => {
    const server = await serve();
    const open = createNodeTabs(follow);
    const first = open(server.origin);
    server.set([job("1", "queued")]);
    await expect.poll(first.connection, soon).toEqual({ [source]: "live" });
    const second = open(server.origin);
    await expect.poll(second.connection, soon).toEqual({ [source]: "live" });
    // The one that does not lead asks, and the one that leads follows it up.
    await ask(second, job("1", "queued"));
    await expect.poll(() => [first.label(), second.label()], soon).toEqual([queued, queued]);
    server.askers();
    server.set([job("1", "working")]);
    await expect.poll(() => [first.label(), second.label()], soon).toEqual([working, working]);
    server.set([job("1", "failed")]);
    await expect.poll(() => [first.label(), second.label()], soon).toEqual([idle, idle]);
    const failures = [first, second].map(({ store }) => selectUnreadFailures(store.getState()));
    expect(failures).toEqual([1, 1]);
    expect(server.askers().length).toBeLessThanOrEqual(isEveryTabs ? 2 : 1);
    expect(server.connections()).toBeLessThanOrEqual(1);
  });
});

describe("a long-running operation", () => {
  it("is asked for again after as long as its server said", async () => {
    const server = await serve();
    const tab = createNodeTabs(followOperations)(server.origin);
    server.set([job("1", "working")]);
    await adopters["long-running operations, each by its own URL"]?.ask?.(tab, job("1", "working"));
    await expect.poll(() => server.askedAt.length, soon).toBe(3);
    const [first = 0, second = 0, third = 0] = server.askedAt;
    expect(Math.min(second - first, third - second)).toBeGreaterThan(950);
  });

  it("is followed by another tab once the one that led is gone", async () => {
    const server = await serve();
    const open = createNodeTabs(followOperations);
    const first = open(server.origin);
    await expect.poll(first.connection, soon).toEqual({ operations: "live" });
    const second = open(server.origin);
    await expect.poll(second.connection, soon).toEqual({ operations: "live" });
    server.set([job("1", "working")]);
    await adopters["long-running operations, each by its own URL"]?.ask?.(
      first,
      job("1", "working"),
    );
    await expect.poll(second.label, soon).toBe("Export running (shop)");
    first.close();
    server.askers();
    await expect.poll(server.askers, soon).toEqual(["tab-1"]);
    expect(second.label()).toBe("Export running (shop)");
    server.set([job("1", "failed")]);
    await expect.poll(second.label, soon).toBe("Idle");
    expect(selectUnreadFailures(second.store.getState())).toBe(1);
  });
});

// Beside imports, comments, and lines that only close what others have opened.
const isCode = (line: string) => /\w/.test(line) && !/^(import |\} from |\/\/|\/\*\*)/.test(line);
const isNoHosts = new Set(["server.ts", "nodeTabs.ts", "wire.ts"]);

it("takes at most 25 lines of a host's code", () => {
  const folder = join(import.meta.dirname, "../support/adopters");
  const tooLong = readdirSync(folder)
    .filter((name) => !isNoHosts.has(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
    .filter(({ text }) => text.split("\n").filter(isCode).length > 25);
  expect(tooLong).toEqual([]);
});
