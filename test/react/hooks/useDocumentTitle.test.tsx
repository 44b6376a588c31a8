import { drive } from "../../support/jobs/drive.ts";
import { act } from "@testing-library/react";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Job } from "../../../src/jobs/job.ts";
import { type DocumentTitleOptions, useDocumentTitle } from "../../../src/react.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { renderHookWithStore } from "../../support/indicator/renderWithStore.tsx";

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

function renderTitle(options?: DocumentTitleOptions) {
  const hook = renderHookWithStore(
    (props: DocumentTitleOptions | undefined) => useDocumentTitle(props),
    options,
  );
  const say = (...jobs: Job[]) => act(() => drive(hook.store).applyJobUpdates(jobs));
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
      act(() => drive(store).setConnectionStatus("runs", status));
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

describe("beside a script that puts a count before the title", () => {
  it.each(["2.", "(2)", "17."])("which stays where it is, and stays alone: %s", (count) => {
    const { say } = renderTitle();
    for (const id of ["1", "2", "3"]) {
      setVisibility("hidden");
      say(build(id, "pending"));
      putCount(count);
      expect(document.title).toBe(`${count} Build queued… · The page`);
      say(build(id, "running"));
      putCount(count);
      expect(document.title).toBe(`${count} Building (shop) · The page`);
      setVisibility("visible");
      expect(document.title).toBe(`${count} The page`);
      say(build(id, "succeeded"));
      putCount(count);
      expect(document.title).toBe(`${count} The page`);
    }
  });

  it("which was there before, and counts on meanwhile", () => {
    const { say } = renderTitle();
    setVisibility("visible");
    putCount("2.");
    setVisibility("hidden");
    say(build("1", "running"));
    putCount("13.");
    say(build("1", "succeeded"));
    expect(document.title).toBe("13. The page");
  });
});

describe("two users of the hook on one page", () => {
  it("say it once", () => {
    const { store, say } = renderTitle();
    renderHookWithStore(() => useDocumentTitle(), undefined, store);
    setVisibility("visible");
    setVisibility("hidden");
    say(build("1", "pending"));
    expect(document.title).toBe("Build queued… · The page");
    say(build("1", "running"));
    expect(document.title).toBe("Building (shop) · The page");
    setVisibility("visible");
    expect(document.title).toBe("The page");
  });

  it("say what the other one's store does not know", () => {
    const [one, other] = [renderTitle(), renderTitle()];
    other.say(build("1", "running"));
    expect(document.title).toBe("Building (shop) · The page");
    one.say(run("2", "running"));
    other.say(build("1", "succeeded"));
    expect(document.title).toBe("Server running (shop) · The page");
    one.unmount();
    expect(document.title).toBe("The page");
  });
});

it("is left as it is by a render with the same words in another object", () => {
  const { say, rerender } = renderTitle({ labels: { job: () => "Bau läuft" } });
  say(build("1", "running"));
  const observer = new MutationObserver(() => {});
  observer.observe(document.head, { childList: true, characterData: true, subtree: true });
  rerender({ labels: { job: () => "Bau läuft" } });
  expect(observer.takeRecords()).toEqual([]);
  expect(document.title).toBe("Bau läuft · The page");
});

it("is left alone by a word that is empty, and not lost", () => {
  const { say, rerender } = renderTitle({ labels: { pageTitle: () => "" } });
  say(build("1", "running"));
  say(run("2", "running"));
  expect(document.title).toBe("The page");
  rerender({ labels: { job: () => "" } });
  expect(document.title).toBe("The page");
  setVisibility("visible");
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

/** What such scripts do every now and then: theirs is at the beginning, as far as they can see. */
function putCount(count: string): void {
  document.title = `${count} ${document.title.replace(/^\(?\d+[.)] /, "")}`;
}
