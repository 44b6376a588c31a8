import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { activeLabels, changesNothing } from "../support/jobs/jobStore.ts";

it("keeps a request under request:<n> until it is completed", () => {
  const store = createActivityStore();
  const action = store.getState().registerRequestAction("Syncing");
  expect(action.key).toMatch(/^request:\d+$/);
  expect(store.getState().requestActions).toEqual({ [action.key]: action });
  store.getState().completeRequestAction(action.key);
  expect(store.getState().requestActions).toEqual({});
});

it("tells two requests of the same label apart", () => {
  const store = createActivityStore();
  const first = store.getState().registerRequestAction("Syncing");
  const second = store.getState().registerRequestAction("Syncing");
  expect(second.order).toBeGreaterThan(first.order);
  store.getState().completeRequestAction(first.key);
  expect(Object.keys(store.getState().requestActions)).toEqual([second.key]);
});

it("changes nothing when a request is completed twice, or never was there", () => {
  const store = createActivityStore();
  const { key } = store.getState().registerRequestAction("Syncing");
  store.getState().completeRequestAction(key);
  expect(changesNothing(store, () => store.getState().completeRequestAction(key))).toBe(true);
  const unknown = () => store.getState().completeRequestAction("request:0");
  expect(changesNothing(store, unknown)).toBe(true);
});

it("keeps the requests of two stores apart", () => {
  const [one, other] = [createActivityStore(), createActivityStore()];
  const { key } = one.getState().registerRequestAction("Syncing");
  other.getState().registerRequestAction("Scanning assets");
  other.getState().completeRequestAction(key);
  expect(activeLabels(one)).toEqual(["Syncing"]);
  expect(activeLabels(other)).toEqual(["Scanning assets"]);
});
