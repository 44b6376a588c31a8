// What this tab has seen outlives a reload of its page.
import { describe, expect, it, onTestFinished } from "vitest";
import type { PayloadError } from "../../src/jobs/payload.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { selectRecentJobs, selectUnreadFailures } from "../../src/store/selectors.ts";
import type { RestReason, TabEnvironment } from "../../src/sync/environment.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../src/testing/environment.ts";
import { createHandSource, kindOf } from "../support/sync/byHand.ts";
import { buildJob } from "../support/sync/wire.ts";

/** The memory of one tab, which goes on from page to page. */
function createTabStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Loads a page of a tab, with a sync and a store of its own. */
function load(
  storage: TabStorage,
  session = "mira",
  sharedStorage?: TabStorage,
  store = createActivityStore(),
  broken?: { readonly throwsAt: string },
) {
  const resting = new Set<(reason: RestReason) => void>();
  const tabs: TabEnvironment = {
    locks: undefined,
    openChannel: () => ({ postMessage() {}, addEventListener() {}, close() {} }),
    onRest(listener) {
      resting.add(listener);
      return () => void resting.delete(listener);
    },
  };
  const world = createFakeEnvironment();
  const problems: PayloadError[] = [];
  const environment = {
    ...world,
    tabs,
    storage,
    sharedStorage,
    ...(broken && {
      openEventSource(): never {
        throw new Error(broken.throwsAt);
      },
    }),
  };
  const onError = (problem: PayloadError) => void problems.push(problem);
  const sync = startBackendSync({ store, session, environment, onError });
  onTestFinished(sync.stop);

  return {
    sync,
    store,
    problems,
    settle: world.settle,
    async list(...builds: ReturnType<typeof buildJob>[]) {
      world.request().respond({ builds });
      await world.settle();
    },
    refresh: () => sync.refresh(),
    /** The page is left, and nothing of it goes on. */
    leave: () => [...resting].forEach((listener) => listener("left")),
    hide: () => [...resting].forEach((listener) => listener("hidden")),
    unread: () => selectUnreadFailures(store.getState()),
    recent: () => selectRecentJobs(store.getState()).map(({ id, status }) => `${id} ${status}`),
  };
}

/** A tab in which a build has failed and another one still runs; its page has been left. */
async function leaveBusy(session?: string) {
  const storage = createTabStorage();
  const page = load(storage, session);
  await page.list(buildJob("b1", "running"), buildJob("b2", "running"));
  page.refresh();
  await page.list(buildJob("b1", "failed"), buildJob("b2", "running"), buildJob("old", "failed"));
  return { storage, page };
}

it("a sync brings back nothing of another one's, whose session has ended since", async () => {
  const storage = createTabStorage();
  const page = load(storage);
  const { kind, job } = kindOf("deploy");
  const own = createHandSource(kind);
  const environment = createFakeEnvironment();
  const other = startBackendSync({ store: page.store, environment, sources: [own.source] });
  own.sink().snapshot(kind, [job("secret")]);
  own.sink().snapshot(kind, [job("secret", "failed")]);
  await page.list(buildJob("b1", "running"));
  page.refresh();
  await page.list(buildJob("b1", "failed"));
  page.hide();
  other.stop();
  expect(load(storage).recent()).toEqual(["b1 failed"]);
});

describe("after a reload", () => {
  it("a failure that nobody has looked at is still there, before the server has answered", async () => {
    const { storage, page } = await leaveBusy();
    page.leave();
    const next = load(storage);
    expect(next.unread()).toBe(1);
    await next.list(buildJob("b1", "failed"), buildJob("b2", "running"), buildJob("old", "failed"));
    expect(next.unread()).toBe(1);
    expect(next.recent()).toEqual(["b1 failed"]);
  });

  it("what has ended meanwhile is news, and what had ended before is not", async () => {
    const { storage, page } = await leaveBusy();
    page.leave();
    const next = load(storage);
    await next.list(buildJob("b1", "failed"), buildJob("b2", "failed"), buildJob("old", "failed"));
    expect(next.unread()).toBe(2);
    expect(next.recent()).toEqual(["b2 failed", "b1 failed"]);
  });

  it("what was looked at or put away stays so", async () => {
    const { storage, page } = await leaveBusy();
    page.refresh();
    await page.list(buildJob("b1", "failed"), buildJob("b2", "failed"));
    page.store.getState().setReadState(["build:b1"], "read");
    page.store.getState().setReadState(["build:b2"], "dismissed");
    page.leave();
    const next = load(storage);
    await next.list(buildJob("b1", "failed"), buildJob("b2", "failed"));
    expect(next.unread()).toBe(0);
    expect(next.recent()).toEqual(["b1 failed"]);
  });

  it("a job that still runs is active, and was never gone", async () => {
    const { storage, page } = await leaveBusy();
    page.leave();
    const next = load(storage);
    await next.list(buildJob("b1", "running"), buildJob("b2", "running"));
    expect(Object.keys(next.store.getState().backendJobs)).toEqual(["build:b1", "build:b2"]);
    expect(next.recent()).toEqual([]);
  });

  it("of a page that was hidden before, what was known then is there", async () => {
    const { storage, page } = await leaveBusy();
    page.hide();
    expect(load(storage).unread()).toBe(1);
  });
});

describe("nothing is left", () => {
  it("after a stop, or signing out", async () => {
    const { storage, page } = await leaveBusy();
    page.hide();
    page.sync.signOut();
    page.leave();
    expect([...storage.items]).toEqual([]);
    expect(load(storage).recent()).toEqual([]);
  });

  it("for another session", async () => {
    const { storage, page } = await leaveBusy("mira");
    page.leave();
    expect(load(storage, "ada").recent()).toEqual([]);
    expect(load(storage, "mira").unread()).toBe(1);
  });
});

function refuse(): never {
  throw new Error("QuotaExceededError");
}

describe("a memory that cannot be used", () => {
  it("loses no more than the entries that cannot be read, and reports each cause once", async () => {
    const { storage, page } = await leaveBusy();
    page.leave();
    const [[name, text] = ["", ""]] = storage.items;
    const [known = ""] = /\{"key":"build:b1".*?\}/.exec(text) ?? [];
    const far = known.replaceAll("b1", "x").replace(/"endedAt":\d+/, '"endedAt":9e15');
    const foreign = known.replace('"build:b1"', '"build:x"');
    const bad = `${[far, far, foreign, foreign, "null"].join()},`;
    storage.items.set(
      name,
      text.replace('"active":[', '"active":[7,"b2",').replace('"ended":[', `"ended":[${bad}`),
    );
    const next = load(storage);
    await next.settle();
    expect(next.recent()).toEqual(["b1 failed"]);
    expect(next.problems.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^memory\.active: expected a key/),
      expect.stringMatching(/^memory\.ended\.endedAt: expected a time/),
      expect.stringMatching(/^memory\.ended: expected the key/),
      expect.stringMatching(/^memory\.ended: expected an object/),
    ]);
    await next.list(buildJob("b1", "failed"), buildJob("b2", "failed"));
    expect(next.recent()).toEqual(["b2 failed", "b1 failed"]);
  });

  it("cannot bring what reads as something else", async () => {
    const { storage, page } = await leaveBusy();
    page.leave();
    const [[name, text] = ["", ""]] = storage.items;
    storage.items.set(name, text.replaceAll('"shop"', '"\\u202eshop\\n"'));
    const [job] = Object.values(load(storage).store.getState().endedJobs);
    expect(job?.title).toBe("shop");
  });

  it.each(["no JSON", '{"active":7,"ended":[]}', '{"active":[],"ended":[{"key":"build:1"}]}'])(
    "is reported and forgotten: %s",
    async (broken) => {
      const { storage, page } = await leaveBusy();
      page.leave();
      for (const key of storage.items.keys()) storage.items.set(key, broken);
      const next = load(storage);
      await next.settle();
      expect(next.problems.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^memory[.:]/),
      ]);
      expect(next.recent()).toEqual([]);
      await next.list(buildJob("b1", "running"));
      expect(Object.keys(next.store.getState().backendJobs)).toEqual(["build:b1"]);
    },
  );

  it("costs nothing where the browser refuses it", async () => {
    const page = load({ getItem: refuse, setItem: refuse, removeItem: refuse });
    await page.list(buildJob("b1", "running"));
    page.leave();
    page.sync.stop();
    expect(page.problems).toEqual([]);
  });

  it("is bounded, whatever was seen", async () => {
    const storage = createTabStorage();
    const page = load(storage);
    const many = Array.from({ length: 3_000 }, (_, n) => `b${n}`);
    await page.list(...many.map((id) => buildJob(id, "running")));
    page.refresh();
    const error = "e".repeat(200);
    await page.list(
      ...many.map((id, n) => buildJob(id, n < 1_000 ? "failed" : "running", { error })),
    );
    page.leave();
    const [text = ""] = storage.items.values();
    expect(text.length).toBeLessThan(200_000);
    expect(load(storage).unread()).toBe(100);
  });
});

const ended = (id: string, status: "failed" | "succeeded", minute: number) => ({
  ...buildJob(id, status),
  finishedAt: `2026-01-05T12:${minute}:00.000Z`,
});
const old = ended("old", "failed", 10);

describe("what ends while nobody of a login looks", () => {
  it("is new to the next visit, once, and what was known is not", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old);
    first.leave();
    first.sync.stop();
    const second = load(createTabStorage(), "mira", shared);
    await second.list(old, ended("new", "failed", 20), ended("good", "succeeded", 21));
    expect([second.unread(), second.recent()]).toEqual([1, ["good succeeded", "new failed"]]);
    second.store.getState().setReadState(["build:new"], "read");
    second.leave();
    const third = load(createTabStorage(), "mira", shared);
    await third.list(old, ended("new", "failed", 20));
    expect([third.unread(), third.recent()]).toEqual([0, []]);
  });

  it("is new after signing out and in again, and so is a failure that was not read then", async () => {
    const shared = createTabStorage();
    const storage = createTabStorage();
    const first = load(storage, "mira", shared);
    await first.list(old, buildJob("b1", "running"));
    first.refresh();
    await first.list(old, ended("b1", "failed", 15));
    expect(first.unread()).toBe(1);
    first.sync.signOut();
    const second = load(storage, "mira", shared);
    await second.list(old, ended("b1", "failed", 15), ended("b2", "failed", 16));
    expect(second.unread()).toBe(2);
  });

  it("stays so through a visit that got no answer", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old, buildJob("b1", "running"));
    first.refresh();
    await first.list(old, ended("b1", "failed", 15));
    first.sync.signOut();
    const second = load(createTabStorage(), "mira", shared);
    second.leave();
    second.sync.stop();
    const third = load(createTabStorage(), "mira", shared);
    await third.list(old, ended("b1", "failed", 15));
    expect(third.unread()).toBe(1);
  });

  it("is not unread once more where it was read after a reload, before the server answered", async () => {
    const [storage, shared] = [createTabStorage(), createTabStorage()];
    const first = load(storage, "mira", shared);
    await first.list(old, buildJob("b1", "running"));
    first.refresh();
    await first.list(old, ended("b1", "failed", 15));
    first.leave();
    const second = load(storage, "mira", shared);
    second.store.getState().setReadState(["build:b1"], "read");
    second.leave();
    const third = load(createTabStorage(), "mira", shared);
    await third.list(old, ended("b1", "failed", 15));
    expect(third.unread()).toBe(0);
  });

  it("is not new once more where the host has reset its store", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old);
    first.sync.signOut();
    const page = load(createTabStorage(), "mira", shared);
    await page.list(old, ended("new", "failed", 20));
    page.store.getState().setReadState(["build:new"], "dismissed");
    page.store.setState(page.store.getInitialState(), true);
    await page.settle();
    await page.list(old, ended("new", "failed", 20));
    expect([page.unread(), page.recent()]).toEqual([0, []]);
  });

  it("is nothing to whoever signs in after a start that failed", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old);
    first.sync.signOut();
    const store = createActivityStore();
    const broken = { throwsAt: "EventSource" };
    expect(() => load(createTabStorage(), "mira", shared, store, broken)).toThrow("EventSource");
    const other = load(createTabStorage(), "noah", shared, store);
    await other.list(old, ended("new", "failed", 20));
    expect(other.unread()).toBe(0);
  });

  it("is nothing to another login, and to one that looks for the first time", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old);
    first.sync.signOut();
    const other = load(createTabStorage(), "noah", shared);
    await other.list(old, ended("new", "failed", 20));
    expect(other.unread()).toBe(0);
  });

  it("is kept by keys and times alone", async () => {
    const shared = createTabStorage();
    const page = load(createTabStorage(), "mira", shared);
    await page.list(buildJob("b1", "running"));
    page.refresh();
    await page.list(ended("b1", "failed", 15));
    page.leave();
    const kept = [...shared.items.values()].map((text): unknown => JSON.parse(text));
    expect(kept).toEqual([
      { upTo: { build: Date.parse("2026-01-05T12:15:00.000Z") }, unread: ["build:b1"] },
    ]);
  });

  it("is not known where what was kept cannot be read, and all else goes on", async () => {
    const shared = createTabStorage();
    const first = load(createTabStorage(), "mira", shared);
    await first.list(old);
    first.leave();
    for (const key of shared.items.keys()) shared.items.set(key, '{"upTo":7,"unread":[]}');
    const second = load(createTabStorage(), "mira", shared);
    await second.list(old, ended("new", "failed", 20));
    expect(second.unread()).toBe(0);
    expect(second.problems).toHaveLength(1);
  });
});
