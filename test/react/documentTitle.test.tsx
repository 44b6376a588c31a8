import { act } from "@testing-library/react";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type DocumentTitleOptions, useDocumentTitle } from "../../src/react.ts";
import { build, run } from "../support/jobs.ts";
import { renderHookWithStore } from "../support/renderWithStore.tsx";

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

function renderTitle(options?: DocumentTitleOptions) {
  const hook = renderHookWithStore(
    (props: DocumentTitleOptions | undefined) => useDocumentTitle(props),
    options,
  );
  const say = (...jobs: Parameters<ReturnType<typeof hook.store.getState>["applyJobUpdates"]>[0]) =>
    act(() => hook.store.getState().applyJobUpdates(jobs));
  return { ...hook, say };
}

beforeEach(() => {
  document.title = "The page";
  setVisibility("hidden");
  onTestFinished(() => void vi.restoreAllMocks());
});

describe("while the page is hidden", () => {
  it("the state stands before its title, and is gone with the last job", () => {
    const { say } = renderTitle();
    expect(document.title).toBe("The page");
    say(build("1", "pending"));
    expect(document.title).toBe("Build queued… · The page");
    say(build("1", "running"));
    expect(document.title).toBe("Building (shop) · The page");
    say(build("1", "succeeded"));
    expect(document.title).toBe("The page");
  });

  it("the state is there at once for what began before", () => {
    setVisibility("visible");
    const { say } = renderTitle();
    say(run("1", "running"));
    expect(document.title).toBe("The page");
    setVisibility("hidden");
    expect(document.title).toBe("Server running (shop) · The page");
    setVisibility("visible");
    expect(document.title).toBe("The page");
  });

  it("the title says that it is not known yet until every source has answered", () => {
    const { store, say } = renderTitle();
    const set = (status: "connecting" | "lost" | "live") =>
      act(() => store.getState().setConnectionStatus("runs", status));
    set("connecting");
    expect(document.title).toBe("Checking… · The page");
    set("lost");
    expect(document.title).toBe("Checking… · The page");
    say(run("1", "running"));
    expect(document.title).toBe("Server running (shop) · The page");
    say(run("1", "stopped"));
    set("live");
    expect(document.title).toBe("The page");
  });

  it("a title that the host sets meanwhile is kept", () => {
    const { say } = renderTitle();
    say(build("1", "running"));
    document.title = "Another page";
    say(run("2", "running"));
    expect(document.title).toBe("Server running (shop) · Another page");
    setVisibility("visible");
    expect(document.title).toBe("Another page");
  });

  it("the title may be empty, or the label have spaces that a title has not", () => {
    document.title = "";
    const { store, say } = renderTitle();
    act(() => void store.getState().registerRequestAction("Syncing   all"));
    expect(document.title).toBe("Syncing all ·");
    say(run("1", "running"));
    expect(document.title).toBe("Server running (shop) ·");
    setVisibility("visible");
    expect(document.title).toBe("");
  });
});

it("is taken away when the component is gone", () => {
  const { say, unmount } = renderTitle();
  say(build("1", "running"));
  unmount();
  expect(document.title).toBe("The page");
  setVisibility("visible");
  setVisibility("hidden");
  expect(document.title).toBe("The page");
});

it("says it in the host's own words", () => {
  const labels = { job: () => "Bau läuft" };
  const { say, rerender } = renderTitle({ labels });
  say(build("1", "running"));
  expect(document.title).toBe("Bau läuft · The page");
  rerender(undefined);
  expect(document.title).toBe("Building (shop) · The page");
});
