import { expect, it, onTestFinished, vi } from "vitest";
import { browserEnvironment, createActivityStore, startBackendSync } from "../../src/index.ts";

const store = createActivityStore();

it("refuses to start on a server, says where to call it, and begins nothing", () => {
  expect(typeof window).toBe("undefined");
  const fetching = vi.spyOn(globalThis, "fetch");
  const waiting = vi.spyOn(globalThis, "setTimeout");
  onTestFinished(() => void vi.restoreAllMocks());
  const start = () => startBackendSync({ store });
  expect(start).toThrow(TypeError);
  expect(start).toThrow("startBackendSync: there is no window here; call it in the browser");
  expect(fetching).not.toHaveBeenCalled();
  expect(waiting).not.toHaveBeenCalled();
  expect(store.getState()).toBe(store.getInitialState());
});

it("starts outside of a browser for a script that says so", () => {
  const environment = { ...browserEnvironment, openEventSource: () => silent, fetch: never };
  const sync = startBackendSync({ store, environment });
  expect(Object.keys(store.getState().connection).toSorted()).toEqual(["builds", "runs"]);
  sync.stop();
});

const silent = { addEventListener() {}, close() {} };

function never(): Promise<Response> {
  return new Promise(() => {});
}
