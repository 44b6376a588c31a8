import { drive } from "../support/jobs/drive.ts";
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import {
  selectAccessibleName,
  selectActiveActions,
  selectActiveCount,
  selectBadge,
  selectIsLastKnown,
  selectLabel,
  selectLatestAction,
  selectPhase,
} from "../../src/store/selectors.ts";
import { build, run } from "../support/jobs/jobs.ts";

it("with nothing going on says so", () => {
  const state = createActivityStore().getState();
  expect(selectLabel(state)).toBe("Idle");
  expect(selectActiveCount(state)).toBe(0);
  expect(selectBadge(state)).toBeUndefined();
  expect(selectLatestAction(state)).toBeUndefined();
  expect(selectAccessibleName(state)).toBe("No active actions");
});

describe("until every source has answered once", () => {
  it("says that it is not known whether something is going on", () => {
    const store = createActivityStore();
    drive(store).setConnectionStatus("runs", "live");
    for (const status of ["connecting", "lost"] as const) {
      drive(store).setConnectionStatus("builds", status);
      expect(selectLabel(store.getState())).toBe("Checking…");
      expect(selectAccessibleName(store.getState())).toBe("Not known yet what is going on.");
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
    expect(selectAccessibleName(store.getState())).toBe("1 action in progress: Syncing");
  });
});

it("with one action says which, and no badge", () => {
  const store = createActivityStore();
  store.getState().registerRequestAction("Syncing");
  expect(selectLabel(store.getState())).toBe("Syncing");
  expect(selectBadge(store.getState())).toBeUndefined();
  expect(selectAccessibleName(store.getState())).toBe("1 action in progress: Syncing");
});

it("with a build and two runs says the latest and how many more", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([build("1", "running"), run("1", "running")]);
  drive(store).applyJobUpdates([run("2", "pending")]);
  expect(selectLabel(store.getState())).toBe("Starting server…");
  expect(selectBadge(store.getState())).toBe("+2");
  expect(selectAccessibleName(store.getState())).toBe(
    "3 actions in progress. Latest: Starting server…",
  );
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
    noActions: "Nichts läuft",
    job: ({ title = "?" }) => `Baut (${title})`,
  };

  it("a script selects what the header of its host says", () => {
    const store = createActivityStore();
    expect(selectLabel(store.getState(), german)).toBe("Nichts los");
    expect(selectAccessibleName(store.getState(), german)).toBe("Nichts läuft");
    drive(store).applyJobUpdates([build("1", "running")]);
    expect(selectLabel(store.getState(), german)).toBe("Baut (shop)");
    expect(selectAccessibleName(store.getState(), german)).toBe(
      "1 action in progress: Baut (shop)",
    );
  });
});

it("a label that is undefined is none", () => {
  const { getState } = createActivityStore();
  const given: Record<string, undefined> = { idle: undefined, noActions: undefined };
  expect(selectLabel(getState(), given)).toBe("Idle");
  expect(selectAccessibleName(getState(), given)).toBe("No active actions");
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
