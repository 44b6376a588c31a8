import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { type ActivityStore, createActivityStore } from "../../src/store/activityStore.ts";
import { selectRecentJobs, selectUnreadFailures } from "../../src/store/selectors.ts";
import { build, many, serverTime } from "../support/jobs/jobs.ts";

const recentIds = (store: ActivityStore) => selectRecentJobs(store.getState()).map(({ id }) => id);
const unread = (store: ActivityStore) => selectUnreadFailures(store.getState());

/** Has builds run and then end, one after the other. */
function endOneByOne(store: ActivityStore, ids: readonly string[], status: string): void {
  drive(store).applyJobUpdates(ids.map((id) => build(id, "running")));
  for (const id of ids) drive(store).applyJobUpdates([build(id, status)]);
}

describe("recent jobs", () => {
  it("are the newest first, also where one list tells of all their ends", () => {
    const store = createActivityStore();
    const ids = many(25, String);
    drive(store).applyJobSnapshot(
      "build",
      ids.map((id) => build(id, "running")),
    );
    // As the server lists them: newest first.
    const ended = ids.map((id, n) => build(id, "succeeded", { finishedAt: serverTime(n) }));
    drive(store).applyJobSnapshot("build", ended.toReversed());
    expect(recentIds(store)).toEqual(ids.slice(5).toReversed());
  });

  it("are so in another tab that is told of them all at once", () => {
    const [leader, follower] = [createActivityStore(), createActivityStore()];
    // Keys like numbers would stand in their own order, whatever was told first.
    endOneByOne(leader, ["3", "1", "2"], "succeeded");
    const ended = Object.values(leader.getState().endedJobs).toReversed();
    drive(follower).applyJobPatch(
      { isWhole: true, active: [], ended, gone: [] },
      new Set(["build", "run"]),
    );
    expect(recentIds(follower)).toEqual(recentIds(leader));
  });

  it("have among them what ran before a reload, though the tab that leads saw none of it", () => {
    const [leader, reloaded] = [createActivityStore(), createActivityStore()];
    drive(leader).applyJobSnapshot("build", [build("1", "succeeded")]);
    drive(reloaded).rehydrateJobs([], ["build:1"]);
    const ended = Object.values(leader.getState().endedJobs);
    drive(reloaded).applyJobPatch(
      { isWhole: true, active: [], ended, gone: [] },
      new Set(["build"]),
    );
    expect(recentIds(reloaded)).toEqual(["1"]);
  });

  it("are twenty, and every failure besides", () => {
    const store = createActivityStore();
    endOneByOne(store, ["bad"], "failed");
    endOneByOne(
      store,
      many(30, (n) => `good-${n}`),
      "succeeded",
    );
    expect(recentIds(store)).toHaveLength(21);
    expect(recentIds(store).at(-1)).toBe("bad");
  });
});

describe("unread failures", () => {
  it("are counted however many jobs end after them", () => {
    const store = createActivityStore();
    endOneByOne(store, ["bad"], "failed");
    endOneByOne(
      store,
      many(30, (n) => `good-${n}`),
      "succeeded",
    );
    expect(unread(store)).toBe(1);
  });

  it("are all counted, and all listed", () => {
    const store = createActivityStore();
    endOneByOne(store, many(30, String), "failed");
    expect(unread(store)).toBe(30);
    expect(recentIds(store)).toHaveLength(30);
  });

  it("are none once they were read or dismissed", () => {
    const store = createActivityStore();
    endOneByOne(store, ["1", "2", "3"], "failed");
    store.getState().setReadState(["build:1"], "read");
    store.getState().setReadState(["build:2"], "dismissed");
    expect(unread(store)).toBe(1);
    expect(recentIds(store)).toEqual(["3", "1"]);
  });
});
