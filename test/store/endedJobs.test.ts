import { drive } from "../support/jobs/drive.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type ActivityStore, createActivityStore } from "../../src/store/activityStore.ts";
import { selectUnreadFailures } from "../../src/store/selectors.ts";
import { activeKeys } from "../support/jobs/jobStore.ts";
import { build, many, run, serverTime } from "../support/jobs/jobs.ts";

const seenActive = (store: ActivityStore) => store.getState().endedJobs["build:1"]?.seenActive;
const keys = (store: ActivityStore) => Object.keys(store.getState().endedJobs);

afterEach(() => {
  vi.useRealTimers();
});

describe("a job that has ended", () => {
  it("keeps its status, project and reason", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    drive(store).applyJobUpdates([run("1", "failed", { error: "exit code 1" })]);
    expect(store.getState().endedJobs["run:1"]).toMatchObject({
      key: "run:1",
      kind: "run",
      id: "1",
      title: "shop",
      status: "failed",
      error: "exit code 1",
    });
  });

  it("keeps the project that only an earlier message named", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    drive(store).applyJobUpdates([run("1", "stopped", { projectId: undefined })]);
    expect(store.getState().endedJobs["run:1"]?.title).toBe("shop");
  });

  it("has run from its start to its end by the server's clock", () => {
    const store = createActivityStore();
    const times = { createdAt: serverTime(0), startedAt: serverTime(1), finishedAt: serverTime(4) };
    drive(store).applyJobSnapshot("build", [build("1", "succeeded", times)]);
    expect(store.getState().endedJobs["build:1"]).toMatchObject({
      durationMs: 3 * 60_000,
      endedAt: serverTime(4),
    });
  });

  it("has no duration where nobody knows it", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopped")]);
    expect(store.getState().endedJobs["run:1"]).not.toHaveProperty("durationMs");
  });

  it("has no duration where the server told of its start and not of its end", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: serverTime(120) });
    const store = createActivityStore();
    // Seen for the first time two hours after it began.
    drive(store).applyJobUpdates([run("1", "running", { startedAt: serverTime(0) })]);
    vi.advanceTimersByTime(1_000);
    drive(store).applyJobUpdates([run("1", "stopped")]);
    expect(store.getState().endedJobs["run:1"]).not.toHaveProperty("durationMs");
  });

  it("has run since the start that the host gave, where it was registered by hand", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: serverTime(10) });
    const store = createActivityStore();
    const startedAt = serverTime(0);
    store.getState().registerBackendJob("deploy:1", "Deploying…", { startedAt });
    vi.advanceTimersByTime(5_000);
    store.getState().completeBackendJob("deploy:1");
    expect(store.getState().endedJobs["deploy:1"]?.durationMs).toBe(10 * 60_000 + 5_000);
  });

  it("keeps the label by which a host's own kind was known", () => {
    const store = createActivityStore();
    store.getState().registerBackendJob("deploy:1", "Deploying shop");
    store.getState().completeBackendJob("deploy:1");
    expect(store.getState().endedJobs["deploy:1"]?.label).toBe("Deploying shop");
  });

  it("never has a negative duration", () => {
    const store = createActivityStore();
    const times = { startedAt: serverTime(5), finishedAt: serverTime(4) };
    drive(store).applyJobUpdates([build("1", "failed", times)]);
    expect(store.getState().endedJobs["build:1"]?.durationMs ?? 0).toBeGreaterThanOrEqual(0);
  });

  it("ended now, by the browser's clock, where the server does not say when", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: serverTime(7) });
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopped")]);
    expect(store.getState().endedJobs["run:1"]?.endedAt).toBe(serverTime(7));
  });

  it("has an order that grows with each end that the store learns of", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "stopped")]);
    drive(store).applyJobUpdates([run("2", "stopped")]);
    const { "run:1": first, "run:2": second } = store.getState().endedJobs;
    expect(second?.order).toBeGreaterThan(first?.order ?? Infinity);
  });

  it("keeps its reason when its end is told again", () => {
    const store = createActivityStore();
    const failed = run("1", "failed", { error: "exit code 1" });
    drive(store).applyJobUpdates([failed]);
    drive(store).applyJobUpdates([failed]);
    expect(store.getState().endedJobs["run:1"]?.error).toBe("exit code 1");
  });
});

describe("its end is news", () => {
  it("where the browser saw it active", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    expect(seenActive(store)).toBe(true);
  });

  it("where the browser asked for it, though it was over before the answer came", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    store.getState().applyJobHint(build("1", "pending"));
    expect(seenActive(store)).toBe(true);
  });

  it("where the first thing heard of it is the answer to the user's own request", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "failed"));
    expect(seenActive(store)).toBe(true);
  });

  it("not where the first list has it as finished", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    expect(seenActive(store)).toBe(false);
  });

  it("where it was seen active and then vanished for a while", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("1", "running")]);
    drive(store).applyJobSnapshot("build", []);
    drive(store).applyJobSnapshot("build", [build("1", "failed")]);
    expect(seenActive(store)).toBe(true);
  });

  it("still, when a later list has it as finished again", () => {
    const store = createActivityStore();
    store.getState().applyJobHint(build("1", "running"));
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    drive(store).applyJobSnapshot("build", [build("1", "succeeded")]);
    expect(seenActive(store)).toBe(true);
  });
});

describe("what is remembered of ended jobs is bounded", () => {
  it("to the newest 500 of a kind, though they all end in one millisecond", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const store = createActivityStore();
    for (const id of many(600, String)) {
      drive(store).applyJobUpdates([run(id, "running")]);
      drive(store).applyJobUpdates([run(id, "stopped")]);
    }
    expect(keys(store)).toHaveLength(500);
    expect(keys(store)).toContain("run:599");
    expect(keys(store)).toContain("run:100");
    expect(keys(store)).not.toContain("run:99");
  });

  it("to the newest 500 of a kind, as they end one by one", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const store = createActivityStore();
    for (const id of many(600, String)) {
      vi.advanceTimersByTime(1);
      drive(store).applyJobUpdates([run(id, "stopped")]);
    }
    expect(keys(store)).toHaveLength(500);
    expect(keys(store)).toContain("run:100");
    expect(keys(store)).not.toContain("run:99");
  });

  it("to the newest 500 of a kind in one burst", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const store = createActivityStore();
    drive(store).applyJobUpdates(many(600, (n) => run(`${n}`, "stopped")));
    expect(keys(store)).toHaveLength(500);
    expect(keys(store)).toContain("run:599");
  });

  it("to the newest 50 of those that were only listed, newest first as the list may be", () => {
    const store = createActivityStore();
    const listed = many(600, (n) =>
      build(`${n}`, "succeeded", { finishedAt: serverTime(600 - n), createdAt: serverTime(-n) }),
    );
    drive(store).applyJobSnapshot("build", listed);
    expect(keys(store)).toHaveLength(50);
    expect(keys(store)).toContain("build:0");
    expect(keys(store)).not.toContain("build:599");
  });

  it("to the newest 50 of several lists, by the server's time", () => {
    const store = createActivityStore();
    const listed = many(600, (n) => build(`${n}`, "failed", { finishedAt: serverTime(n) }));
    drive(store).applyJobSnapshot("build", listed.slice(560));
    drive(store).applyJobSnapshot("build", listed.slice(0, 580));
    expect(keys(store)).toHaveLength(50);
    expect(keys(store)).toContain("build:599");
    expect(keys(store)).not.toContain("build:549");
  });

  it("and holds all that ended since somebody looked, and what was seen before, wherever listed", () => {
    const store = createActivityStore();
    const { applyJobSnapshot } = drive(store);
    const listed = many(300, (n) => build(`${n}`, "failed", { finishedAt: serverTime(n) }));
    applyJobSnapshot("build", [...listed.slice(0, 1), build("seen", "running")]);
    applyJobSnapshot("build", []);
    const seen = build("seen", "failed", { finishedAt: serverTime(-1) });
    applyJobSnapshot("build", [...listed, seen]);
    expect(selectUnreadFailures(store.getState())).toBe(300);
    expect(keys(store)).toContain("build:seen");
  });

  it("for each kind by itself", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([build("1", "failed")]);
    drive(store).applyJobUpdates(many(600, (n) => run(`${n}`, "stopped")));
    expect(keys(store)).toHaveLength(501);
    expect(keys(store)).toContain("build:1");
  });

  it("for a host's own kinds too", () => {
    const store = createActivityStore();
    for (const id of many(600, String)) {
      store.getState().registerBackendJob(`deploy:${id}`, "Deploying…");
      store.getState().completeBackendJob(`deploy:${id}`);
    }
    expect(keys(store)).toHaveLength(500);
  });

  it("and never costs an active job", () => {
    const store = createActivityStore();
    const ended = many(600, (n) => run(`${n}`, "stopped"));
    drive(store).applyJobSnapshot("run", [...ended, run("on", "running")]);
    expect(activeKeys(store)).toEqual(["run:on"]);
  });

  it("and still ends an active job that stands last in a long list", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [build("old", "running")]);
    const listed = many(600, (n) =>
      build(`${n}`, "succeeded", { finishedAt: serverTime(600 - n) }),
    );
    drive(store).applyJobSnapshot("build", [...listed, build("old", "failed")]);
    expect(activeKeys(store)).toEqual([]);
  });
});

const failedAt = (id: string, minute: number) =>
  build(id, "failed", { finishedAt: serverTime(minute) });

describe("an end that nobody here has waited for", () => {
  it("is new where the list that came before did not have it, and is so once", () => {
    const store = createActivityStore();
    const { applyJobSnapshot, setReadState } = drive(store);
    applyJobSnapshot("build", [failedAt("old", 1)]);
    expect(selectUnreadFailures(store.getState())).toBe(0);
    applyJobSnapshot("build", [failedAt("old", 1), failedAt("quick", 2)]);
    expect(selectUnreadFailures(store.getState())).toBe(1);
    setReadState(["build:quick"], "read");
    applyJobSnapshot("build", [failedAt("old", 1), failedAt("quick", 2)]);
    expect(selectUnreadFailures(store.getState())).toBe(0);
  });

  it("is new where an update tells of it, and is so once", () => {
    const store = createActivityStore();
    const { applyJobSnapshot, applyJobUpdates, setReadState } = drive(store);
    applyJobSnapshot("build", [failedAt("old", 1)]);
    applyJobUpdates([failedAt("quick", 2), failedAt("older", 0)]);
    expect(selectUnreadFailures(store.getState())).toBe(1);
    setReadState(["build:quick"], "read");
    applyJobUpdates([failedAt("quick", 2)]);
    expect(selectUnreadFailures(store.getState())).toBe(0);
  });

  it("is new also where one that ended later was told of before", () => {
    const store = createActivityStore();
    const { applyJobSnapshot, applyJobUpdates } = drive(store);
    applyJobSnapshot("build", [failedAt("old", 1)]);
    applyJobUpdates([failedAt("second", 3)]);
    applyJobUpdates([failedAt("first", 2)]);
    expect(selectUnreadFailures(store.getState())).toBe(2);
  });

  it("is not new where it is older than what was known, whatever list it comes in", () => {
    const store = createActivityStore();
    drive(store).applyJobSnapshot("build", [failedAt("old", 5)]);
    drive(store).applyJobSnapshot("build", [failedAt("old", 5), failedAt("older", 4)]);
    expect(selectUnreadFailures(store.getState())).toBe(0);
  });
});
