// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { browserEnvironment, type WakeReason } from "../../src/sync/environment.ts";
import { startBackendSync } from "../../src/sync/startBackendSync.ts";

afterEach(() => vi.restoreAllMocks());

function collectWakes() {
  const reasons: WakeReason[] = [];
  return { reasons, cancel: browserEnvironment.onWake((reason) => reasons.push(reason)) };
}

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

it("wakes when the network is back", () => {
  const { reasons, cancel } = collectWakes();
  window.dispatchEvent(new Event("offline"));
  window.dispatchEvent(new Event("online"));
  cancel();
  expect(reasons).toEqual(["online"]);
});

it("wakes when the page becomes visible, not when it is hidden", () => {
  const { reasons, cancel } = collectWakes();
  setVisibility("hidden");
  expect(browserEnvironment.isHidden()).toBe(true);
  setVisibility("visible");
  cancel();
  expect(reasons).toEqual(["visible"]);
  expect(browserEnvironment.isHidden()).toBe(false);
});

it("wakes when the page comes out of the back/forward cache, not when it is first shown", () => {
  const { reasons, cancel } = collectWakes();
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  cancel();
  expect(reasons).toEqual(["restored"]);
});

it("hears nothing any more once it was cancelled", () => {
  const { reasons, cancel } = collectWakes();
  cancel();
  cancel();
  window.dispatchEvent(new Event("online"));
  setVisibility("visible");
  expect(reasons).toEqual([]);
});

it("says what is missing where there is no EventSource, and starts nothing", () => {
  const fetching = vi.spyOn(globalThis, "fetch");
  expect(() => startBackendSync({ store: createActivityStore() })).toThrow(
    "there is no EventSource here; start it in a browser, or give `openEventSource`",
  );
  expect(fetching).not.toHaveBeenCalled();
});
