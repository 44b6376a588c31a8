import { act } from "@testing-library/react";
import { startTransition } from "react";
import { describe, expect, it, vi } from "vitest";
import { type AsyncActionOptions, useAsyncAction } from "../../../src/react.ts";
import { catchUncaught } from "../../support/catchUncaught.ts";
import { activeLabels, recordLabels } from "../../support/jobs/jobStore.ts";
import { deferred } from "../../support/deferred.ts";
import { renderHookWithStore } from "../../support/indicator/renderWithStore.tsx";

function renderAction<Args extends readonly unknown[], Result>(
  handler: (...args: Args) => Result | Promise<Result>,
  options: AsyncActionOptions<Args, Result>,
) {
  return renderHookWithStore(
    (props: { handler: typeof handler; options: typeof options }) =>
      useAsyncAction(props.handler, props.options),
    { handler, options },
  );
}

describe("a run that succeeds", () => {
  it("shows from its start until its promise settles", async () => {
    const answer = deferred<string>();
    const { result, store } = renderAction(() => answer.promise, { label: "Syncing" });
    expect(activeLabels(store)).toEqual([]);
    let request: Promise<string> | undefined;
    act(() => {
      request = result.current.run();
    });
    expect(activeLabels(store)).toEqual(["Syncing"]);
    expect(result.current.busy).toBe(true);
    await act(async () => answer.resolve("done"));
    await expect(request).resolves.toBe("done");
    expect(activeLabels(store)).toEqual([]);
    expect(result.current).toMatchObject({ busy: false, error: undefined });
  });

  it("hands its arguments to the handler and to the label", async () => {
    const handler = vi.fn<(id: string, force: boolean) => void>();
    const labels: string[] = [];
    const { result, store } = renderAction(handler, {
      label: (id, force) => `Triggering build • ${id}${force ? "!" : ""}`,
    });
    store.subscribe(() => labels.push(...activeLabels(store)));
    await act(() => result.current.run("shop", true));
    expect(handler).toHaveBeenCalledExactlyOnceWith("shop", true);
    expect(labels).toEqual(["Triggering build • shop!"]);
  });

  it("calls onSuccess with the answer and the arguments before run resolves", async () => {
    const calls: unknown[] = [];
    const onError = vi.fn<(...args: unknown[]) => void>();
    const { result } = renderAction((id: string) => Promise.resolve(`built ${id}`), {
      label: "Building",
      onSuccess: (...args) => calls.push(args),
      onError,
    });
    await act(async () => {
      await result.current.run("shop");
      calls.push("resolved");
    });
    expect(calls).toEqual([["built shop", "shop"], "resolved"]);
    expect(onError).not.toHaveBeenCalled();
  });

  it("may be no promise at all", async () => {
    const { result, store } = renderAction(() => 7, { label: "Counting" });
    await act(async () => expect(await result.current.run()).toBe(7));
    expect(activeLabels(store)).toEqual([]);
  });
});

describe("a run that fails", () => {
  it("rethrows, tells the error, and no longer shows", async () => {
    const failure = new Error("HTTP 409");
    const onError = vi.fn<(...args: unknown[]) => void>();
    const onSuccess = vi.fn<(...args: unknown[]) => void>();
    const { result, store } = renderAction((_id: string) => Promise.reject(failure), {
      label: "Starting",
      onError,
      onSuccess,
    });
    await act(() => expect(result.current.run("shop")).rejects.toBe(failure));
    expect(result.current).toMatchObject({ busy: false, error: failure });
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure, "shop");
    expect(onSuccess).not.toHaveBeenCalled();
    expect(activeLabels(store)).toEqual([]);
  });

  it("may fail before it is sent", async () => {
    const failure = new TypeError("no project");
    const onError = vi.fn<(...args: unknown[]) => void>();
    const handler = (): Promise<void> => {
      throw failure;
    };
    const { result, store } = renderAction(handler, { label: "Starting", onError });
    await act(() => expect(result.current.run()).rejects.toBe(failure));
    expect(result.current).toMatchObject({ busy: false, error: failure });
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure);
    expect(activeLabels(store)).toEqual([]);
  });

  it("rethrows what it was though it was no Error, and tells an Error", async () => {
    const answer = deferred<void>();
    const { result } = renderAction(() => answer.promise, { label: "Syncing" });
    answer.reject("offline");
    await act(() => expect(result.current.run()).rejects.toBe("offline"));
    expect(result.current.error).toBeInstanceOf(Error);
    expect(result.current.error?.message).toContain("offline");
  });

  it("is forgotten by the next run, from its start on", async () => {
    const answers = [Promise.reject(new Error("HTTP 502")), new Promise<void>(() => undefined)];
    const { result } = renderAction(() => answers.shift(), { label: "Syncing" });
    await act(() => expect(result.current.run()).rejects.toThrow("HTTP 502"));
    expect(result.current.error?.message).toBe("HTTP 502");
    act(() => void result.current.run());
    expect(result.current).toMatchObject({ busy: true, error: undefined });
  });
});

describe("what the host's own functions throw", () => {
  it.each(["label", "about", "job", "onSuccess"])("in %s costs the run nothing", async (name) => {
    const uncaught = catchUncaught();
    const handler = vi.fn<(id: string) => string>((id) => `built ${id}`);
    const options = { label: "Building", [name]: failOnPurpose };
    const { result, store } = renderAction(handler, options);
    const labels = recordLabels(store);
    await act(async () => expect(await result.current.run("shop")).toBe("built shop"));
    expect(handler).toHaveBeenCalledOnce();
    expect(labels).toEqual(["Idle", name === "label" ? "Working…" : "Building", "Idle"]);
    expect(result.current).toMatchObject({ busy: false, error: undefined });
    await vi.waitFor(() => expect(uncaught).toEqual(["the host's own"]));
  });

  it("in onError takes the place of no failure", async () => {
    const uncaught = catchUncaught();
    const failure = new Error("HTTP 409");
    const options = { label: "Building", onError: failOnPurpose };
    const { result } = renderAction(() => Promise.reject(failure), options);
    await act(() => expect(result.current.run()).rejects.toBe(failure));
    expect(result.current).toMatchObject({ busy: false, error: failure });
    await vi.waitFor(() => expect(uncaught).toEqual(["the host's own"]));
  });

  it("may have no text at all, and the run rejects with it all the same", async () => {
    const bare: unknown = Object.create(null);
    const answer = deferred<void>();
    const { result } = renderAction(() => answer.promise, { label: "Syncing" });
    answer.reject(bare);
    await act(() => expect(result.current.run()).rejects.toBe(bare));
    expect(result.current.error).toBeInstanceOf(Error);
  });

  it("a label that gives no text is reported, and another is shown", async () => {
    const uncaught = catchUncaught();
    const { result, store } = renderAction((id: string) => id, {
      label: (id) => Reflect.get({}, id),
    });
    const labels = recordLabels(store);
    await act(() => result.current.run("shop"));
    expect(labels).toEqual(["Idle", "Working…", "Idle"]);
    await vi.waitFor(() => expect(uncaught).toEqual(["label: expected a string, got undefined"]));
  });
});

describe("a run in a transition, as that of a form's action is,", () => {
  it("is busy, and has forgotten the error before it, while the request is in flight", async () => {
    const answers = [Promise.reject(new Error("HTTP 502")), deferred<void>()] as const;
    const inTurn = [() => answers[0], () => answers[1].promise];
    const { result } = renderAction(() => inTurn.shift()?.(), { label: "Saving" });
    await act(async () => result.current.start());
    await act(async () => startTransition(() => result.current.run()));
    expect(result.current).toMatchObject({ busy: true, error: undefined });
    await act(async () => answers[1].resolve());
    expect(result.current).toMatchObject({ busy: false, error: undefined });
  });
});

describe("two runs at a time", () => {
  it("show as two, and it is busy until both have settled", async () => {
    const answers = [deferred<void>(), deferred<void>()] as const;
    const { result, store } = renderAction((index: 0 | 1) => answers[index].promise, {
      label: (index) => `Scanning ${index}`,
    });
    act(() => {
      void result.current.run(0);
      void result.current.run(1);
    });
    expect(activeLabels(store)).toEqual(["Scanning 1", "Scanning 0"]);
    await act(async () => answers[1].resolve());
    expect(activeLabels(store)).toEqual(["Scanning 0"]);
    expect(result.current.busy).toBe(true);
    await act(async () => answers[0].resolve());
    expect(activeLabels(store)).toEqual([]);
    expect(result.current.busy).toBe(false);
  });

  it("settle each by itself when one of them fails", async () => {
    const answers = [deferred<string>(), deferred<string>()] as const;
    const { result } = renderAction((index: 0 | 1) => answers[index].promise, {
      label: "Scanning",
    });
    const settled = act(async () =>
      Promise.allSettled([result.current.run(0), result.current.run(1)]),
    );
    answers[0].reject(new Error("HTTP 500"));
    answers[1].resolve("done");
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(result.current.busy).toBe(false);
  });
});

describe("a component that is gone", () => {
  it("leaves its request showing until that settles, without a complaint", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = deferred<string>();
    const onSuccess = vi.fn<(...args: unknown[]) => void>();
    const { result, store, unmount } = renderAction(() => answer.promise, {
      label: "Triggering build",
      onSuccess,
    });
    let request: Promise<string> | undefined;
    act(() => {
      request = result.current.run();
    });
    unmount();
    expect(activeLabels(store)).toEqual(["Triggering build"]);
    answer.resolve("done");
    await expect(request).resolves.toBe("done");
    expect(activeLabels(store)).toEqual([]);
    expect(onSuccess).toHaveBeenCalledOnce();
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });
});

describe("run", () => {
  it("is the same function on every render, and calls the latest handler", async () => {
    const { result, rerender } = renderAction(() => Promise.resolve("old"), { label: "Syncing" });
    const { run } = result.current;
    rerender({ handler: () => Promise.resolve("new"), options: { label: "Syncing" } });
    expect(result.current.run).toBe(run);
    await act(async () => expect(await run()).toBe("new"));
    expect(result.current.run).toBe(run);
  });
});

/** A function of a host's that fails. */
function failOnPurpose(): never {
  throw new TypeError("the host's own");
}

describe("what a run says of itself", () => {
  it("is that the app is working, where nothing else is said", async () => {
    const { result, store } = renderAction(() => Promise.resolve(), {});
    const labels = recordLabels(store);
    await act(() => result.current.run());
    expect(labels).toContain("Working…");
  });

  it("is told in order: its start, its answer, its end", async () => {
    const calls: string[] = [];
    const { result } = renderAction((id: string) => calls.push(`send ${id}`), {
      onStart: (id) => calls.push(`start ${id}`),
      onSuccess: (_, id) => calls.push(`success ${id}`),
      onSettled: (id) => calls.push(`settled ${id}`),
    });
    await act(() => result.current.run("shop"));
    expect(calls).toEqual(["start shop", "send shop", "success shop", "settled shop"]);
  });
});

describe("start, which nobody waits for,", () => {
  it("never rejects, and says in error and to onError why it failed", async () => {
    const uncaught = catchUncaught();
    const failures: string[] = [];
    const settled: string[] = [];
    const { result } = renderAction(
      (id: string) => Promise.reject(new Error(`HTTP 500 of ${id}`)),
      {
        onError: ({ message }, id) => failures.push(`${id}: ${message}`),
        onSettled: (id) => settled.push(id),
      },
    );
    const { start } = result.current;
    await act(async () => {
      expect(start("shop")).toBeUndefined();
    });
    expect(result.current.error?.message).toBe("HTTP 500 of shop");
    expect(failures).toEqual(["shop: HTTP 500 of shop"]);
    expect(settled).toEqual(["shop"]);
    expect(result.current.start).toBe(start);
    expect(uncaught).toEqual([]);
  });
});
