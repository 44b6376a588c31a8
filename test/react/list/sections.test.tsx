// What stands where in the list, and in which words.
import { act, fireEvent, screen } from "@testing-library/react";
import { useLayoutEffect } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { defineJobKind, type Job } from "../../../src/index.ts";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  type JobActions,
} from "../../../src/react.ts";
import { openList } from "../../../src/testing.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";
import type { SourceStatus } from "../../../src/store/connection.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import {
  holdTime,
  indicator,
  indicatorText,
  passTime,
} from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { drive } from "../../support/jobs/drive.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";

beforeEach(() => {
  holdTime();
  vi.setSystemTime("2026-01-05T12:10:00Z");
});

const reviews = defineJobKind({
  name: "review",
  noun: "Review",
  statuses: { going: "working", open: { phase: "waiting", word: "waiting for you" } },
  parse: (job: { status: "going" | "open"; message?: string; progress?: number }) => ({
    id: "1",
    title: "shop",
    ...job,
  }),
});

function renderList(jobs: readonly Job[] = [], actions: JobActions = {}) {
  const store = createActivityStore();
  const say = (...more: Job[]) => act(() => drive(store).applyJobUpdates(more));
  const { container, rerender } = renderWithStore(
    <ActiveActionIndicator actions={actions} />,
    store,
  );
  say(...jobs);
  openListByHand(container);
  const sections = () => [...container.querySelectorAll('[data-part="section"]')];
  return {
    store,
    container,
    rerender,
    say,
    open: () => openListByHand(container),
    close: () => openListByHand(container, "closed"),
    headings: () => sections().map((each) => each.querySelector("h3")?.parentElement?.textContent),
    rows: (): Partial<Record<string, string[]>> =>
      Object.fromEntries(
        sections().map((each) => [
          each.getAttribute("aria-label"),
          [...each.querySelectorAll("li")].map(seenOf),
        ]),
      ),
    spoken: () =>
      [...container.querySelectorAll("li")].map((row) =>
        (row.getAttribute("aria-labelledby") ?? "")
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent?.trim())
          .join(": "),
      ),
  };
}

function seenOf(row: Element): string {
  const copy = document.importNode(row, true);
  for (const hidden of copy.querySelectorAll(".active-indicator-hidden, button")) hidden.remove();
  const texts = [...copy.querySelectorAll("*")].filter((each) => each.children.length === 0);
  return texts
    .map((each) => each.textContent?.trim())
    .filter((text) => text !== "")
    .join(" | ");
}

const ended = (id: string, status: string, projectId = "shop", error?: string): Job[] => [
  build(id, "running", { projectId }),
  build(id, status, {
    projectId,
    startedAt: Date.parse("2026-01-05T12:05:00Z"),
    finishedAt: Date.parse("2026-01-05T12:06:04Z"),
    ...(error !== undefined && { error }),
  }),
];

const at = (minute: number) => ({ createdAt: Date.parse(`2026-01-05T12:0${minute}:00Z`) });

// In the same commit, as a host's own effect or a click in that moment does.
function OpensAtOnce() {
  useLayoutEffect(() => openList(document.body), []);
  return null;
}

it("has its rows also where it was opened before React was done with the page", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  const ui = (
    <>
      <ActiveActionIndicator />
      <OpensAtOnce />
    </>
  );
  const { container } = renderWithStore(ui, store);
  expect(container.querySelectorAll("li")).toHaveLength(1);
});

describe("the sections", () => {
  it("begin with what needs somebody, failures too, and end with what is over", () => {
    const { rows, headings } = renderList([
      ...ended("1", "failed", "api", "tsc exited with 2"),
      ...ended("2", "succeeded"),
      run("3", "running"),
      build("4", "running", { projectId: "docs" }),
      build("5", "pending"),
      reviews.parse({ status: "open", message: "Approve it." }),
    ]);
    expect(headings()).toEqual(["Needs you", "Running 2", "Queued 1", "RecentClear"]);
    expect(rows()).toEqual({
      "Needs you": [
        "Review · shop | waiting for you | 0:00 | Approve it.",
        "Build · api | failed 3 min ago | tsc exited with 2",
      ],
      Running: ["Build · docs | 0:00", "Server · shop | 0:00"],
      Queued: ["Build · shop | next | 0:00"],
      Recent: ["Build · shop | in 1:04 | 3 min ago"],
    });
  });

  it("have the queue in the order in which it will run, each with its place", () => {
    const { rows } = renderList([
      build("3", "pending", at(3)),
      build("1", "pending", at(1)),
      build("2", "pending", at(2)),
    ]);
    expect(rows()["Queued"]?.map((row) => row.split(" | ")[1])).toEqual(["next", "2nd", "3rd"]);
  });

  it("have a failure among what is over once the same job has ended well", () => {
    const { rows } = renderList([...ended("1", "failed"), ...ended("2", "succeeded")]);
    expect(Object.keys(rows())).toEqual(["Recent"]);
  });

  it("fold the ends of one job into a row, which is dismissed with all of them", () => {
    const { rows } = renderList([
      ...ended("1", "succeeded"),
      ...ended("2", "succeeded"),
      ...ended("3", "succeeded"),
      ...ended("4", "succeeded", "docs"),
    ]);
    expect(rows()["Recent"]).toEqual([
      "Build · docs | in 1:04 | 3 min ago",
      "Build · shop | ×3 | in 1:04 | 3 min ago",
    ]);
    fireEvent.click(screen.getByLabelText("Dismiss Build · shop"));
    expect(rows()["Recent"]).toEqual(["Build · docs | in 1:04 | 3 min ago"]);
  });

  it("keep a failure when the same job's ends before its last good one are cleared", () => {
    const { rows } = renderList([
      ...ended("1", "failed"),
      ...ended("2", "succeeded"),
      ...ended("3", "failed"),
    ]);
    fireEvent.click(screen.getByText("Clear"));
    expect(Object.keys(rows())).toEqual(["Needs you"]);
    expect(indicatorText()).toContain("1 failed");
  });

  it("are clear of all that is over, also of what had no row any more", () => {
    const { rows } = renderList([
      ...many(30, (n) => ended(`${n}`, "succeeded", `shop-${n}`)).flat(),
      ...ended("bad", "failed", "api"),
    ]);
    fireEvent.click(screen.getByText("Clear"));
    expect(Object.keys(rows())).toEqual(["Needs you"]);
  });

  it("keep what needs somebody when what is over is cleared", () => {
    const { rows } = renderList([...ended("1", "failed", "api"), ...ended("2", "succeeded")]);
    fireEvent.click(screen.getByText("Clear"));
    expect(Object.keys(rows())).toEqual(["Needs you"]);
  });
});

describe("a row", () => {
  it("says how far its job is, and nothing where that is not known", () => {
    const { say, rows, container } = renderList([reviews.parse({ status: "going" })]);
    expect(rows()["Running"]).toEqual(["Review · shop | going | 0:00"]);
    say(reviews.parse({ status: "going", progress: 0.625 }));
    expect(rows()["Running"]).toEqual(["Review · shop | going, 62% | 0:00"]);
    expect(container.querySelector<HTMLElement>(".active-indicator-bar i")?.style.inlineSize).toBe(
      "62.5%",
    );
    expect(indicatorText()).toContain("62%");
  });

  it("is said in words: what it is, how it stands, for how long", () => {
    const { spoken } = renderList([
      ...ended("1", "failed", "api", "tsc exited with 2"),
      ...ended("2", "succeeded"),
      ...ended("3", "succeeded"),
      build("5", "pending"),
      run("4", "running"),
    ]);
    passTime(178_000);
    expect(spoken()).toEqual([
      "Build · api: failed, after 1 min 4 s, 6 min ago",
      "Server · shop: running, for 2 min 58 s",
      "Build · shop: queued, next, for 2 min 58 s",
      "Build · shop: succeeded, in 1 min 4 s, 6 min ago, 2 times",
    ]);
  });

  it("of a job past twice its usual time says how long that is", () => {
    const usual = many(3, (n) => ended(`${n}`, "succeeded")).flat();
    const { rows } = renderList([...usual, build("9", "running")]);
    passTime(128_000);
    expect(rows()["Running"]).toEqual(["Build · shop | 2:08"]);
    passTime(1_000);
    expect(rows()["Running"]).toEqual(["Build · shop | usually 1:04 | 2:09"]);
  });
});

const connect = (store: ActivityStore, source: "runs" | "builds", status: SourceStatus) =>
  act(() => drive(store).setConnectionStatus(source, status, "HTTP 502"));

function renderConnected() {
  const list = renderList([run("1", "running"), build("2", "running")]);
  const signs = () =>
    [...list.container.querySelectorAll("li .active-indicator-sign")].map((sign) =>
      sign.getAttribute("data-sign"),
    );
  const notice = () => list.container.querySelector('[data-part="notice"]');
  connect(list.store, "runs", "live");
  connect(list.store, "builds", "live");
  return { ...list, signs, notice };
}

describe("of two sources that are lost", () => {
  it("each has its rows still from five seconds after its own loss, and moving when it is back", () => {
    const { store, signs } = renderConnected();
    connect(store, "runs", "lost");
    passTime(3_000);
    connect(store, "builds", "lost");
    passTime(3_000);
    expect(signs()).toEqual(["working", "lost"]);
    passTime(3_000);
    expect(signs()).toEqual(["lost", "lost"]);
    connect(store, "builds", "live");
    expect(signs()).toEqual(["working", "lost"]);
  });

  it("none is worth a notice that is lost for less", () => {
    const { store, notice } = renderConnected();
    passTime(1_400);
    connect(store, "runs", "lost");
    expect(notice()).toBeNull();
    passTime(4_900);
    expect(notice()).toBeNull();
    passTime(1_100);
    expect(notice()).not.toBeNull();
  });
});

it("how long ago an end was is by the clock that it was read off", () => {
  const { store, say, rows } = renderList([run("1", "running")]);
  act(() => drive(store).setServerClock(20 * 60_000));
  say(run("1", "stopped"));
  expect(rows()["Recent"]).toEqual(["Server · shop | stopped after 0:00 | just now"]);
});

describe("a failure", () => {
  it("is read once its row has been in view for a second, and not when the list opens", () => {
    renderList(ended("1", "failed"));
    passTime(999);
    expect(indicatorText()).toContain("1 failed");
    passTime(1);
    expect(indicatorText()).not.toContain("1 failed");
  });

  it("is read with the newest of its row, also if that one had been read before", () => {
    const { store, close, open } = renderList([...ended("1", "failed"), ...ended("2", "failed")]);
    close();
    act(() => store.getState().setReadState(["build:2"], "read"));
    expect(indicatorText()).toContain("1 failed");
    open();
    passTime(1_000);
    expect(indicatorText()).not.toContain("failed");
  });

  it("is not read by a list that is closed again at once", () => {
    const { close } = renderList(ended("1", "failed"));
    passTime(900);
    close();
    passTime(5_000);
    expect(indicatorText()).toContain("1 failed");
  });

  it("is read by whoever retries it", () => {
    renderList(ended("1", "failed"), { build: { retry: () => new Promise(() => {}) } });
    fireEvent.click(screen.getByLabelText("Retry Build · shop"));
    expect(indicatorText()).toBe("Retrying Build · shop");
  });
});

const point = (container: Element, to: "enter" | "leave") =>
  act(async () => {
    const rows = container.querySelector(".active-indicator-rows");
    rows?.dispatchEvent(new Event(`pointer${to}`));
  });

describe("while the pointer is in the list", () => {
  it("no row moves: what ends stays in its place, and what begins comes at the end", async () => {
    const { container, say, rows } = renderList([
      build("1", "running", { projectId: "a" }),
      build("2", "running", { projectId: "b" }),
      run("3", "running", { projectId: "c" }),
    ]);
    await point(container, "enter");
    say(build("2", "succeeded", { projectId: "b" }), build("4", "running", { projectId: "d" }));
    const titles = () => rows()["Running"]?.map((row) => row.split(" | ")[0]);
    expect(titles()).toEqual(["Build · b", "Build · a", "Server · c", "Build · d"]);
    await point(container, "leave");
    expect(titles()).toEqual(["Build · d", "Build · a", "Server · c"]);
  });

  it("the sixth row of a section, which takes the place of a button, stays when a seventh comes", async () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((n) => run(`${n}`, "running", { projectId: `p${n}` }));
    const { container, say, rows } = renderList(all.slice(0, 5));
    await point(container, "enter");
    say(...all.slice(5, 6));
    expect(rows()["Running"]).toHaveLength(6);
    say(...all.slice(6));
    expect(rows()["Running"]).toHaveLength(6);
    expect(screen.getByText("1 more")).toBeDefined();
    await point(container, "leave");
    expect(rows()["Running"]).toHaveLength(5);
    expect(screen.getByText("2 more")).toBeDefined();
  });

  it("a request that is over keeps its place, without a time", async () => {
    const { store, container, rows } = renderList([run("3", "running")]);
    act(() => void store.getState().registerRequestAction("Scanning"));
    await point(container, "enter");
    act(() => {
      for (const { key } of Object.values(store.getState().requestActions))
        store.getState().completeRequestAction(key);
    });
    expect(rows()["Running"]).toEqual(["Scanning", "Server · shop | 0:00"]);
    await point(container, "leave");
    expect(rows()["Running"]).toEqual(["Server · shop | 0:00"]);
  });

  it("a retry that fails again is one row with what failed before", async () => {
    const { container, say, rows } = renderList(ended("1", "failed"));
    await point(container, "enter");
    say(build("2", "running"));
    say(...ended("2", "failed").slice(1));
    const keys = [...container.querySelectorAll("li")].map((row) => row.dataset["key"]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(rows()["Needs you"]).toHaveLength(1);
  });

  it("what ends in its place stands for itself alone, and not for ends that have rows of their own", async () => {
    const { container, say, rows } = renderList(ended("1", "succeeded"));
    say(build("2", "running"));
    await point(container, "enter");
    say(...ended("2", "succeeded").slice(1));
    expect(rows()["Running"]).toEqual([expect.not.stringContaining("×2")]);
    say(run("9", "running"));
    expect(rows()["Running"]?.[0]).not.toContain("×2");
    expect(rows()["Recent"]).toHaveLength(1);
    await point(container, "leave");
    expect(rows()["Recent"]).toEqual([expect.stringContaining("×2")]);
  });

  it("a job that is gone keeps its place, is said to have ended, and is not counted", async () => {
    const { store, container, headings, spoken } = renderList([build("1", "running")]);
    await point(container, "enter");
    act(() => void drive(store).applyJobSnapshot("build", []));
    expect(spoken()).toEqual(["Build · shop: ended"]);
    expect(headings()).toEqual(["Running 0"]);
  });

  it("a row of another store does not stay", async () => {
    const { container, rerender, rows } = renderList([build("1", "running")]);
    await point(container, "enter");
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("2", "running")]);
    rerender(
      <ActivityStoreProvider store={store}>
        <ActiveActionIndicator />
      </ActivityStoreProvider>,
    );
    expect(rows()["Running"]).toEqual(["Server · shop | 0:00"]);
  });

  it("a row that is dismissed goes at once", async () => {
    const { container, rows } = renderList([...ended("1", "succeeded"), run("3", "running")]);
    await point(container, "enter");
    fireEvent.click(screen.getByLabelText("Dismiss Build · shop"));
    expect(Object.keys(rows())).toEqual(["Running"]);
  });
});

describe("the chip", () => {
  it("shows for four seconds that the last job ended well, and then Idle alone", () => {
    const { say } = renderList([build("1", "running")]);
    say(build("1", "succeeded"));
    passTime(300);
    expect([indicatorText(), indicator().dataset["sign"]]).toEqual(["Idle", "succeeded"]);
    passTime(3_999);
    expect(indicator().dataset["sign"]).toBe("succeeded");
    passTime(1);
    expect(indicator().dataset["sign"]).toBe("idle");
  });

  it("has the label of the latest and the sign of the most urgent", () => {
    const { say } = renderList([build("1", "running"), run("2", "running")]);
    expect([indicatorText(), indicator().dataset["sign"]]).toEqual([
      "Server running (shop)+1",
      "working",
    ]);
    say(reviews.parse({ status: "open" }), run("3", "running"));
    expect([indicatorText(), indicator().dataset["sign"]]).toEqual([
      "Server running (shop)+3 1 waiting",
      "waiting",
    ]);
  });

  it("counts who else waits, however the latest of them goes on", () => {
    const gates = defineJobKind({
      name: "gate",
      noun: "Gate",
      statuses: {
        first: { phase: "waiting", movesToFront: true },
        second: { phase: "waiting", movesToFront: true },
      },
      parse: (job: { id: string; status: "first" | "second" }) => job,
    });
    const { store, say } = renderList([
      gates.parse({ id: "1", status: "first" }),
      gates.parse({ id: "2", status: "first" }),
    ]);
    act(() => void store.getState().registerRequestAction("Approving", "gate:2"));
    say(gates.parse({ id: "2", status: "second" }));
    expect(indicatorText()).toBe("Gate second…+1 1 waiting");
  });

  it("says how long work has been going on from ten seconds on, but not of one of several", () => {
    const { say } = renderList([build("1", "running")]);
    passTime(9_000);
    expect(indicatorText()).toBe("Building (shop)");
    passTime(1_000);
    expect(indicatorText()).toBe("Building (shop) 0:10");
    say(run("2", "running"));
    expect(indicatorText()).toBe("Server running (shop)+1");
  });
});
