// Rule 3. An answer asked for earlier than one already applied changes nothing.
import { drive } from "../../support/jobs/drive.ts";
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { tick } from "../../../src/store/logicalClock.ts";
import { activeKeys, changesNothing } from "../../support/jobs/jobStore.ts";
import { build, run } from "../../support/jobs/jobs.ts";

it("drops a poll's answer that a later poll's has overtaken", () => {
  const store = createActivityStore();
  const [earlier, later] = [tick(), tick()];
  drive(store).applyJobSnapshot("build", [build("1", "running")], later);
  const late = [build("1", "pending"), build("2", "running")];
  expect(changesNothing(store, () => drive(store).applyJobSnapshot("build", late, earlier))).toBe(
    true,
  );
});

it("does not let a late answer remove or revive anything", () => {
  const store = createActivityStore();
  const [earlier, later] = [tick(), tick()];
  const now = [build("1", "succeeded"), build("2", "running")];
  drive(store).applyJobSnapshot("build", now, later);
  drive(store).applyJobSnapshot("build", [build("1", "running")], earlier);
  expect(activeKeys(store)).toEqual(["build:2"]);
});

it("drops a late answer also where the later one had brought nothing new", () => {
  const store = createActivityStore();
  const [earlier, later] = [tick(), tick()];
  drive(store).applyJobSnapshot("build", [], later);
  drive(store).applyJobSnapshot("build", [build("1", "running")], earlier);
  expect(activeKeys(store)).toEqual([]);
});

it("does not hold a late answer against the one after it", () => {
  const store = createActivityStore();
  const [first, second, third] = [tick(), tick(), tick()];
  drive(store).applyJobSnapshot("build", [build("1", "running")], second);
  drive(store).applyJobSnapshot("build", [], first);
  drive(store).applyJobSnapshot("build", [build("2", "running")], third);
  expect(activeKeys(store)).toEqual(["build:2"]);
});

it("keeps the time of each kind apart", () => {
  const store = createActivityStore();
  const [earlier, later] = [tick(), tick()];
  drive(store).applyJobSnapshot("build", [build("1", "running")], later);
  drive(store).applyJobSnapshot("run", [run("1", "running")], earlier);
  expect(activeKeys(store)).toEqual(["run:1", "build:1"]);
});

it("takes an answer without a time as asked for just now", () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("build", [build("1", "running")], tick());
  drive(store).applyJobSnapshot("build", [build("2", "running")]);
  expect(activeKeys(store)).toEqual(["build:2"]);
});

it("believes the later of two answers where the earlier one had a run as finished", () => {
  const store = createActivityStore();
  const [first, second] = [tick(), tick()];
  drive(store).applyJobSnapshot("run", [run("1", "failed")], first);
  drive(store).applyJobSnapshot("run", [run("1", "running")], second);
  expect(activeKeys(store)).toEqual(["run:1"]);
});

it("applies answers that come in the order in which they were asked for", () => {
  const store = createActivityStore();
  const [first, second] = [tick(), tick()];
  drive(store).applyJobSnapshot("build", [build("1", "pending")], first);
  drive(store).applyJobSnapshot("build", [build("1", "running")], second);
  expect(store.getState().backendJobs["build:1"]?.status).toBe("running");
});
