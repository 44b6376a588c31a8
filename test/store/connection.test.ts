import { drive } from "../support/jobs/drive.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SourceStatus } from "../../src/store/connection.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";

/** Its place in the life of the page, whichever that is. */
const order: unknown = expect.any(Number);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

it("names no source before a session", () => {
  expect(createActivityStore().getState().connection).toEqual({});
});

it("names no source any more once it was closed", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "live");
  drive(store).setConnectionStatus("builds", "live");
  drive(store).setConnectionStatus("runs", "off");
  expect(Object.keys(store.getState().connection)).toEqual(["builds"]);
});

it.each(["connecting", "live", "lost"] as const)("enters %s at a time", (status) => {
  const store = createActivityStore();
  const other = status === "live" ? "lost" : "live";
  drive(store).setConnectionStatus("runs", other);
  vi.setSystemTime(2_000);
  drive(store).setConnectionStatus("runs", status);
  expect(store.getState().connection.runs).toMatchObject({ status, since: 2_000 });
});

it("moves `since` only with the status", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "lost", "The stream has ended");
  vi.setSystemTime(9_000);
  drive(store).setConnectionStatus("runs", "lost", "HTTP 502");
  expect(store.getState().connection.runs).toEqual({
    status: "lost",
    since: 1_000,
    order,
    kinds: ["run"],
    hasAnswered: false,
    error: "HTTP 502",
  });
});

it("notes an error without touching status and time", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("builds", "live");
  vi.setSystemTime(9_000);
  drive(store).noteConnectionError("builds", "build.id: expected a string, got 7");
  expect(store.getState().connection.builds).toEqual({
    status: "live",
    since: 1_000,
    order,
    kinds: ["build"],
    hasAnswered: true,
    error: "build.id: expected a string, got 7",
  });
});

it("keeps the last error readable while the source is lost and found again", () => {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "lost", "HTTP 502");
  drive(store).setConnectionStatus("runs", "connecting");
  expect(store.getState().connection.runs?.error).toBe("HTTP 502");
});

it("has answered once it was live, through losses, until the sync is off", () => {
  const store = createActivityStore();
  const hasAnswered = (status: SourceStatus | "off") => {
    drive(store).setConnectionStatus("runs", status);
    return store.getState().connection.runs?.hasAnswered ?? "no source";
  };
  const before = (["connecting", "lost", "connecting"] as const).map(hasAnswered);
  const since = (["live", "lost", "connecting", "live"] as const).map(hasAnswered);
  const after = (["off", "connecting"] as const).map(hasAnswered);
  expect([before, since, after]).toEqual([
    [false, false, false],
    [true, true, true, true],
    ["no source", false],
  ]);
});

it("keeps the two sources apart", () => {
  const store = createActivityStore();
  const before = store.getState().connection.builds;
  drive(store).setConnectionStatus("runs", "lost", "HTTP 502");
  drive(store).noteConnectionError("runs", "HTTP 503");
  expect(store.getState().connection.builds).toBe(before);
});
