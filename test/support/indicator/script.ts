import { act } from "@testing-library/react";
import { vi } from "vitest";
import type { ActivityState, ActivityStore } from "../../../src/store/activityStore.ts";
import { drive, type Driven } from "../jobs/drive.ts";
import { build, many, run } from "../jobs/jobs.ts";

/** What happens to a store, each at its second; the quarters of seconds are told apart. */
export type StoreScript = ReadonlyArray<
  [second: number, event: (state: Driven & ActivityState) => void]
>;

const docs = { projectId: "docs" };
const server = run("1", "running", docs);
const burst = many(40, (n) => `burst-${n}`);
const builds = (ids: readonly string[], status: string) => ids.map((id) => build(id, status));

function connect(state: Driven): void {
  state.setConnectionStatus("runs", "live");
  state.setConnectionStatus("builds", "live");
}

// What a page hears all the time, and none of it worth a word.
const noise: StoreScript = many(118, (n) => n * 5 + 5).flatMap((second) => [
  [
    second,
    (state) => {
      state.setServerClock(second * 3_000);
      state.noteConnectionError("builds", `problem ${second}`);
      state.registerRequestAction("Scanning");
    },
  ],
  [second + 1, (state) => endRequest(state, "Scanning")],
]);

function endRequest(state: ActivityState, label: string): void {
  const action = Object.values(state.requestActions).find((request) => request.label === label);
  if (action) state.completeRequestAction(action.key);
}

/** Ten minutes of somebody's work. */
export const tenMinutes: StoreScript = [
  // The page begins: what is going on already is no news, nor is what went on before.
  [0.25, (state) => state.setConnectionStatus("runs", "connecting")],
  [0.5, (state) => state.applyJobSnapshot("run", [server])],
  [0.75, (state) => state.applyJobSnapshot("build", [build("old", "failed")])],
  [1, connect],
  // A build, from the click on.
  [10, (state) => void state.registerRequestAction("Triggering build")],
  [10.25, (state) => state.applyJobHint(build("2", "pending"))],
  [10.5, (state) => endRequest(state, "Triggering build")],
  [14, (state) => state.applyJobUpdates([build("2", "running")])],
  [60, (state) => state.applyJobUpdates([build("2", "failed", { error: "tsc exited with 2" })])],
  // The same again: what has been said before is said again.
  [100, (state) => state.applyJobUpdates(builds(["3"], "running"))],
  [104, (state) => state.applyJobUpdates(builds(["4"], "running"))],
  [130, (state) => state.applyJobUpdates(builds(["3"], "succeeded"))],
  [131, (state) => state.applyJobUpdates(builds(["4"], "succeeded"))],
  // A connection that is lost for a moment, and one that is lost for long.
  [200, (state) => state.setConnectionStatus("runs", "lost", "reset")],
  [203, (state) => state.setConnectionStatus("runs", "live")],
  [260, (state) => state.setConnectionStatus("runs", "lost", "reset")],
  [300, (state) => state.setConnectionStatus("builds", "lost", "502")],
  [380, connect],
  // A server that takes its time to stop.
  [400, (state) => void state.registerRequestAction("Stopping server • docs")],
  [400.25, (state) => state.applyJobUpdates([run("1", "stopping", docs)])],
  [408, (state) => state.applyJobUpdates([run("1", "stopped", docs)])],
  [408.25, (state) => endRequest(state, "Stopping server • docs")],
  // More than anybody would listen to.
  [500, (state) => state.applyJobUpdates(builds(burst, "running"))],
  [540, (state) => state.applyJobUpdates([...builds(burst.slice(1), "succeeded")])],
  [540.5, (state) => state.applyJobUpdates(builds(burst.slice(0, 1), "failed"))],
  // One that nobody knows the end of.
  [560, (state) => state.applyJobUpdates(builds(["5"], "running"))],
  [570, (state) => state.applyJobSnapshot("build", [])],
  // The session ends.
  [580, (state) => state.applyJobUpdates([run("6", "running", docs)])],
  [595, signOut],
];

function signOut(state: Driven): void {
  state.setConnectionStatus("runs", "off");
  state.setConnectionStatus("builds", "off");
  state.clearBackendJobs();
}

const stepMs = 250;

/** Plays a script, with some noise, in fake time; `look` is called each quarter of a second. */
export function play(store: ActivityStore, script: StoreScript, look: (ms: number) => void): void {
  const events = [...script, ...noise].toSorted(([a], [b]) => a - b);
  for (let ms = 0; ms < 600_000; ms += stepMs) {
    while (events[0] && events[0][0] * 1_000 <= ms) {
      const [, event] = events.shift() ?? [];
      act(() => event?.(drive(store)));
    }
    act(() => void vi.advanceTimersByTime(stepMs));
    look(ms + stepMs);
  }
}
