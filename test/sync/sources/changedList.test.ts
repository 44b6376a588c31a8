// What of a polled list is checked anew when it has changed.
import { expect, it, onTestFinished, vi } from "vitest";
import { defineJobKind } from "../../../src/jobs/defineJobKind.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { pollSource } from "../../../src/sync/sources/pollSource.ts";
import { startBackendSync } from "../../../src/sync/startBackendSync.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { activeKeys } from "../../support/jobs/jobStore.ts";

interface Deploy {
  readonly id: string;
  readonly state?: string;
  readonly by?: { readonly name: string };
  readonly at?: Date | string;
}

/** Polls lists of deploys; gives the ids that the kind was asked about since the last list. */
function startPolling(
  list = (body: { deploys: readonly Deploy[] }): readonly unknown[] => body.deploys,
) {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const onError = vi.fn<(problem: Error) => void>();
  const checked: string[] = [];
  const kind = defineJobKind({
    name: "deploy",
    noun: "Deployment",
    statuses: { BUILDING: "working", READY: "succeeded" },
    parse({ id, state, by }: Deploy) {
      checked.push(id);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind's own check is tested
      return { id, status: state as "BUILDING", title: by?.name };
    },
  });
  const sources = [pollSource({ kind, url: "/deploys", list })];
  onTestFinished(startBackendSync({ store, environment, sources, onError }).stop);

  async function answer(...deploys: readonly Deploy[]): Promise<string[]> {
    environment.request().respond({ deploys });
    await environment.advance(5_000);
    return checked.splice(0);
  }
  return { store, onError, answer };
}

const deploy = (id: string, state = "BUILDING"): Deploy => ({
  id,
  state,
  by: { name: `by ${id}` },
});
const [a, b, c, d] = [deploy("a"), deploy("b"), deploy("c"), deploy("d")];

it("asks the kind about an entry that has changed, and about no other", async () => {
  const { answer, store } = startPolling();
  expect(await answer(a, b, c, d)).toEqual(["a", "b", "c", "d"]);
  expect(await answer(a, deploy("b", "READY"), c, d)).toEqual(["b"]);
  expect(await answer(a, deploy("b", "READY"), { ...c, by: { name: "another" } }, d)).toEqual([
    "c",
  ]);
  expect(activeKeys(store).toSorted()).toEqual(["deploy:a", "deploy:c", "deploy:d"]);
  expect(store.getState().backendJobs["deploy:c"]?.title).toBe("another");
});

it("asks about a new one at either end, and about none when one is gone", async () => {
  const { answer, store } = startPolling();
  await answer(b, c);
  expect(await answer(a, b, c, d)).toEqual(["a", "d"]);
  expect(await answer(a, c, d)).toEqual([]);
  expect(activeKeys(store).toSorted()).toEqual(["deploy:a", "deploy:c", "deploy:d"]);
});

it("asks about those that changed side by side, with a new one before them, and about none behind", async () => {
  const { answer } = startPolling();
  await answer(a, b, c, d);
  const changed = [deploy("a", "READY"), deploy("b", "READY")];
  expect(await answer(...changed, c, d)).toEqual(["a", "b"]);
  expect(await answer(deploy("new"), deploy("a"), changed[1] ?? b, c, d)).toEqual(["new", "a"]);
});

it("asks about an entry again when a field was added or left out", async () => {
  const { answer } = startPolling();
  await answer(a, b);
  expect(await answer({ ...a, at: "now" }, b)).toEqual(["a"]);
  expect(await answer({ id: "a", state: "BUILDING", at: "now" }, b)).toEqual(["a"]);
});

it("finds all that is true however the list was mixed up", async () => {
  const { answer, store } = startPolling();
  await answer(a, b, c, d);
  await answer(d, deploy("b", "READY"), a, c);
  expect(activeKeys(store).toSorted()).toEqual(["deploy:a", "deploy:c", "deploy:d"]);
});

it("keeps an entry of an id that was listed twice out of the second list as well", async () => {
  const { answer, store, onError } = startPolling();
  await answer(a, { ...a, by: { name: "the second" } }, b);
  await answer(a, { ...a, by: { name: "the second" } }, c);
  expect(store.getState().backendJobs["deploy:a"]?.title).toBe("by a");
  expect(onError).toHaveBeenCalledTimes(1);
});

it("checks an entry with a problem each time, so that it is never taken", async () => {
  const { answer, store, onError } = startPolling();
  await answer({ id: "bad" }, a, deploy("odd", "LATER"));
  expect(await answer({ id: "bad" }, a, deploy("odd", "LATER"), b)).toEqual(["bad", "odd", "b"]);
  expect(activeKeys(store)).not.toContain("deploy:bad");
  expect(onError).toHaveBeenCalledTimes(2);
});

it("does not take two dates for the same that a host's list has made", async () => {
  const { answer } = startPolling(({ deploys }) =>
    deploys.map((one) => ({ ...one, at: new Date(String(one.at)) })),
  );
  await answer({ ...a, at: "2026-01-05" });
  expect(await answer({ ...a, at: "2026-01-06" })).toEqual(["a"]);
});

it("takes a change for one that is nested deeper than anybody nests", async () => {
  const { answer, store } = startPolling();
  let by = { name: "deep" };
  for (let depth = 0; depth < 3_000; depth += 1) by = Object.assign({ name: "deep" }, { by });
  await answer({ ...a, by });
  expect(await answer({ ...a, by }, b)).toEqual(["a", "b"]);
  expect(activeKeys(store)).toHaveLength(2);
});
