import { drive } from "../support/jobs/drive.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import { phases } from "../../src/jobs/job.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { summaryOf } from "../../src/store/jobRecords.ts";
import {
  selectAccessibleName,
  selectActiveActions,
  selectActiveCount,
  selectBadge,
  selectIsLastKnown,
  selectLabel,
  selectLatestAction,
  selectMostUrgent,
  selectPhase,
} from "../../src/store/selectors.ts";
import { build, run } from "../support/jobs/jobs.ts";

it("with nothing going on says so", () => {
  const state = createActivityStore().getState();
  expect(selectLabel(state)).toBe("Idle");
  expect(selectActiveCount(state)).toBe(0);
  expect(selectBadge(state)).toBeUndefined();
  expect(selectLatestAction(state)).toBeUndefined();
  expect(selectAccessibleName(state)).toBe("Idle");
});

describe("until every source has answered once", () => {
  it("says that it is not known whether something is going on", () => {
    const store = createActivityStore();
    drive(store).setConnectionStatus("runs", "live");
    for (const status of ["connecting", "lost"] as const) {
      drive(store).setConnectionStatus("builds", status);
      expect(selectLabel(store.getState())).toBe("Checking…");
      expect(selectAccessibleName(store.getState())).toBe("Not known yet what is running.");
    }
    drive(store).setConnectionStatus("builds", "live");
    expect(selectLabel(store.getState())).toBe("Idle");
    drive(store).setConnectionStatus("builds", "lost");
    expect(selectLabel(store.getState())).toBe("Idle");
  });

  it("says what is known to be going on", () => {
    const store = createActivityStore();
    drive(store).setConnectionStatus("builds", "connecting");
    store.getState().registerRequestAction("Syncing");
    expect(selectLabel(store.getState())).toBe("Syncing");
    expect(selectAccessibleName(store.getState())).toBe("Syncing");
  });
});

it("with one action says which, and no badge", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("Syncing");
  expect(selectLabel(store.getState())).toBe("Syncing");
  expect(selectBadge(store.getState())).toBeUndefined();
  expect(selectAccessibleName(store.getState())).toBe("Syncing");
});

it("with a build and two runs says the latest and how many more", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([build("1", "running"), run("1", "running")]);
  drive(store).applyJobUpdates([run("2", "pending")]);
  expect(selectLabel(store.getState())).toBe("Starting server…");
  expect(selectBadge(store.getState())).toBe("+2");
  expect(selectAccessibleName(store.getState())).toBe("Starting server… 3 actions in progress");
});

it("counts requests and jobs together", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([build("1", "running")]);
  store.getState().registerRequestAction("Syncing");
  expect(selectActiveCount(store.getState())).toBe(2);
  expect(selectBadge(store.getState())).toBe("+1");
});

it.each([
  [build("1", "pending"), "queued"],
  [build("1", "running"), "working"],
  [run("1", "pending"), "working"],
  [run("1", "running"), "steady"],
  [run("1", "stopping"), "working"],
])("has the pace of the latest action: %o", (job, pace) => {
  const store = createActivityStore();
  expect(selectPhase(store.getState())).toBe("idle");
  store.getState().registerRequestAction("Syncing");
  expect(selectPhase(store.getState())).toBe("working");
  drive(store).applyJobUpdates([job]);
  expect(selectPhase(store.getState())).toBe(pace);
});

describe("selectActiveActions", () => {
  it("gives the same array until something that is going on changes", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    const before = selectActiveActions(store.getState());
    drive(store).setConnectionStatus("runs", "live");
    drive(store).applyJobUpdates([run("9", "stopped")]);
    expect(selectActiveActions(store.getState())).toBe(before);
    drive(store).applyJobUpdates([run("1", "stopping")]);
    expect(selectActiveActions(store.getState())).not.toBe(before);
  });

  it("gives the same array also where several stores are read in turn", () => {
    const stores = ["1", "2", "3"].map((id) => {
      const store = createActivityStore();
      drive(store).applyJobUpdates([run(id, "running")]);
      return store;
    });
    const read = () => stores.map((store) => selectActiveActions(store.getState()));
    const before = read();
    read().forEach((actions, index) => expect(actions).toBe(before[index]));
  });

  it("gives the same empty array of a fresh store", () => {
    const state = createActivityStore().getState();
    expect(selectActiveActions(state)).toBe(selectActiveActions(state));
  });
});

describe("in another language", () => {
  const german = {
    idle: "Nichts los",
    unknown: "Prüfe…",
    job: ({ title = "?" }) => `Baut (${title})`,
  };

  it("a script selects what the header of its host says", () => {
    const store = createActivityStore();
    expect(selectLabel(store.getState(), german)).toBe("Nichts los");
    expect(selectAccessibleName(store.getState(), german)).toBe("Nichts los");
    drive(store).applyJobUpdates([build("1", "running")]);
    expect(selectLabel(store.getState(), german)).toBe("Baut (shop)");
    expect(selectAccessibleName(store.getState(), german)).toBe("Baut (shop)");
  });
});

it("a label that is undefined is none", () => {
  const { getState } = createActivityStore();
  const given: Record<string, undefined> = { idle: undefined, notKnown: undefined };
  expect(selectLabel(getState(), given)).toBe("Idle");
  expect(selectAccessibleName(getState(), given)).toBe("Idle");
});

it("what is shown is last known once a source has been lost for five seconds", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "lost");
  const now = Date.now();
  expect(selectIsLastKnown(store.getState(), now + 4_000)).toBe(false);
  expect(selectIsLastKnown(store.getState(), now + 5_000)).toBe(true);
  drive(store).setConnectionStatus("runs", "live");
  expect(selectIsLastKnown(store.getState(), now + 5_000)).toBe(false);
});

describe("the most urgent of all that goes on", () => {
  const reviews = defineJobKind({
    name: "review",
    noun: "Review",
    statuses: { open: "waiting", done: "succeeded" },
    parse: (status: "open" | "done") => ({ id: "1", status }),
  });

  it("is what waits for a person, then a failure, then work, what is steady, what is queued", () => {
    const store = createActivityStore();
    const { applyJobUpdates, setReadState } = drive(store);
    const urgent = () => selectMostUrgent(store.getState());
    expect(urgent()).toBe("idle");
    applyJobUpdates([build("1", "pending")]);
    expect(urgent()).toBe("queued");
    applyJobUpdates([run("1", "running")]);
    expect(urgent()).toBe("steady");
    applyJobUpdates([build("2", "running")]);
    expect(urgent()).toBe("working");
    applyJobUpdates([build("2", "failed"), build("3", "running")]);
    expect(urgent()).toBe("failed");
    applyJobUpdates([reviews.parse("open")]);
    expect(urgent()).toBe("waiting");
    applyJobUpdates([reviews.parse("done")]);
    setReadState(["build:2"], "read");
    expect(urgent()).toBe("working");
    applyJobUpdates([build("3", "succeeded"), run("1", "stopped"), build("1", "succeeded")]);
    expect(urgent()).toBe("idle");
  });

  it("does not wait for a person who has just acted", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([reviews.parse("open")]);
    store.getState().registerRequestAction("Approving", "review:1");
    expect(selectMostUrgent(store.getState())).toBe("working");
  });

  it("is found without going through the jobs, and is the same as by going through them", () => {
    const store = createActivityStore();
    const job = fc.record({
      id: fc.integer({ min: 1, max: 6 }).map(String),
      status: fc.constantFrom("pending", "running", "succeeded"),
      kind: fc.constantFrom(build, run),
    });
    fc.assert(
      fc.property(fc.array(job, { maxLength: 20 }), (jobs) => {
        for (const { kind, id, status } of jobs) drive(store).applyJobUpdates([kind(id, status)]);
        const { backendJobs } = store.getState();
        const all = Object.values(backendJobs);
        const counted = phases.map((phase) => all.filter((one) => one.phase === phase).length);
        const summary = summaryOf(backendJobs).phases;
        expect(phases.map((phase) => summary[phase])).toEqual(counted);
      }),
    );
  });
});
