import { drive } from "../support/jobs/drive.ts";
import { act, within } from "@testing-library/react";
import { StrictMode } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import type { Job } from "../../src/jobs/job.ts";
import { ActiveActionIndicator, ActivityStoreProvider } from "../../src/react.ts";
import type { RequestKey } from "../../src/store/requestActions.ts";
import { activityStore, createActivityStore } from "../../src/store/activityStore.ts";
import { build, run } from "../support/jobs/jobs.ts";
import {
  holdTime,
  indicator,
  indicatorName,
  indicatorText,
  indicatorTexts,
  passTime,
} from "../support/indicator/renderIndicator.tsx";
import { renderPage, renderWithStore } from "../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

describe("the indicator", () => {
  it("says Idle when nothing is going on", () => {
    renderWithStore(<ActiveActionIndicator />);
    expect(indicatorText()).toBe("Idle");
  });

  it("shows a request in flight", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => void store.getState().registerRequestAction("Triggering build"));
    expect(indicatorText()).toBe("Triggering build");
  });

  it("shows a job from its first status to its end", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    const texts = ["pending", "running", "stopping", "stopped"].map((now) => {
      act(() => drive(store).applyJobUpdates([run("1", now)]));
      passTime();
      return indicatorText();
    });
    expect(texts).toEqual([
      "Starting server…",
      "Server running (shop)",
      "Stopping server…",
      "Idle",
    ]);
  });

  it("shows that a job waits for a person, by a sign of its own", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    const approvals = defineJobKind({
      name: "approval",
      noun: "Release",
      statuses: { needs_review: "waiting" },
      parse: (id: string) => ({ id, status: "needs_review", title: "shop" }),
    });
    act(() => drive(store).applyJobUpdates([approvals.parse("1")]));
    expect(indicatorText()).toBe("Release needs review (shop)");
    expect(indicator().querySelector("[data-sign]")?.getAttribute("data-sign")).toBe("waiting");
  });

  it("shows the latest of three and how many more there are", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]));
    act(() => void store.getState().applyJobHint(build("1", "running")));
    expect(within(indicator()).getByText("Building (shop)")).toBeTruthy();
    expect(within(indicator()).getByText("+2")).toBeTruthy();
  });

  it("shows no badge for a single action", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]));
    act(() => drive(store).applyJobUpdates([run("2", "stopped")]));
    expect(indicatorText()).toBe("Server running (shop)");
  });

  it("is marked busy exactly while something is going on", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    expect(indicator().dataset["busy"]).toBe("false");
    act(() => drive(store).applyJobUpdates([run("1", "running")]));
    expect(indicator().dataset["busy"]).toBe("true");
    act(() => drive(store).clearBackendJobs());
    passTime();
    expect(indicator().dataset["busy"]).toBe("false");
  });

  it.each([
    [build("1", "pending"), "queued"],
    [build("1", "running"), "working"],
    [run("1", "running"), "steady"],
    [run("1", "stopping"), "working"],
  ])("has a ring that turns for work alone: %o", (job, sign) => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([job]));
    expect(indicator().querySelector("[data-sign]")?.getAttribute("data-sign")).toBe(sign);
  });

  it("is the same element throughout, so that focus stays where it is", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    const before = indicator();
    act(() => drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]));
    act(() => drive(store).clearBackendJobs());
    passTime();
    expect(indicator()).toBe(before);
  });
});

describe("its accessible name contains what is seen, and", () => {
  // What is seen is to be a part of it (WCAG 2.2, 2.5.3).
  it("is Idle alone where nothing is going on", () => {
    renderWithStore(<ActiveActionIndicator />);
    expect(indicatorName()).toBe("Idle");
  });

  it("names one action", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => void store.getState().registerRequestAction("Triggering build"));
    expect(indicatorName()).toBe("Triggering build");
  });

  it("counts three and names the latest", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "running"), run("2", "running")]));
    act(() => void store.getState().applyJobHint(build("1", "running")));
    expect(indicatorName()).toBe("Building (shop). 3 actions in progress");
  });
});

describe("the return to Idle", () => {
  it("waits 300 ms", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
    act(() => drive(store).applyJobUpdates([run("1", "stopped")]));
    passTime(299);
    expect(indicatorText()).toBe("Stopping server…");
    passTime(1);
    expect(indicatorText()).toBe("Idle");
  });

  it("does not come where a job starts meanwhile, and that one shows at once", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
    act(() => drive(store).applyJobUpdates([run("1", "stopped")]));
    passTime(200);
    act(() => drive(store).applyJobUpdates([run("2", "pending")]));
    expect(indicatorText()).toBe("Starting server…");
    passTime(1_000);
    expect(indicatorText()).toBe("Starting server…");
  });
});

describe("the end of a build that fails", () => {
  it("and the sign of its failure show at the same moment", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([build("1", "running")]));
    act(() => drive(store).applyJobUpdates([build("1", "failed")]));
    passTime(299);
    expect(indicatorText()).toBe("Building (shop)");
    expect(indicatorName()).toBe("Building (shop)");
    passTime(1);
    expect(indicatorText()).toBe("Idle 1 failed");
  });

  it("shows the sign at once where something else goes on", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([run("1", "running"), build("1", "running")]));
    act(() => drive(store).applyJobUpdates([build("1", "failed")]));
    expect(indicatorText()).toBe("Server running (shop) 1 failed");
  });

  it("shows the sign with the next start, if one comes first", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([build("1", "running")]));
    act(() => drive(store).applyJobUpdates([build("1", "failed")]));
    passTime(100);
    act(() => drive(store).applyJobUpdates([build("2", "pending")]));
    expect(indicatorText()).toBe("Build queued… 1 failed");
  });

  it("shows what is so when the wait is over, not what was when it began", () => {
    const { store } = renderWithStore(<ActiveActionIndicator />);
    act(() => drive(store).applyJobUpdates([build("1", "running")]));
    act(() => drive(store).applyJobUpdates([build("1", "failed")]));
    act(() => store.getState().setReadState(["build:1"], "read"));
    passTime();
    expect(indicatorText()).toBe("Idle");
  });
});

/** A server whose stop was just asked for. */
function renderStopping() {
  const { store } = renderWithStore(<ActiveActionIndicator />);
  act(() => drive(store).applyJobUpdates([run("1", "running")]));
  let key: RequestKey = "request:0";
  act(() => {
    key = store.getState().registerRequestAction("Stopping • shop", "run:1").key;
  });
  const say = (status: string) => act(() => drive(store).applyJobUpdates([run("1", status)]));
  const settle = () => act(() => store.getState().completeRequestAction(key));
  return { say, settle };
}

describe("a stop that takes longer than its server", () => {
  it("is busy with one thing until both are over", () => {
    const { say, settle } = renderStopping();
    expect(indicatorText()).toBe("Stopping • shop");
    say("stopped");
    passTime(4_000);
    expect(indicatorText()).toBe("Stopping • shop");
    settle();
    passTime();
    expect(indicatorText()).toBe("Idle");
  });

  it("does not go back to the request for the moment that this takes longer", () => {
    const { say, settle } = renderStopping();
    say("stopping");
    expect(indicatorText()).toBe("Stopping server…");
    say("stopped");
    passTime(200);
    settle();
    passTime(99);
    expect(indicatorText()).toBe("Stopping server…");
    passTime(1);
    expect(indicatorText()).toBe("Idle");
  });

  it("goes back to the request where this takes much longer", () => {
    const { say, settle } = renderStopping();
    say("stopping");
    say("stopped");
    passTime(299);
    expect(indicatorText()).toBe("Stopping server…");
    passTime(1);
    expect(indicatorText()).toBe("Stopping • shop");
    settle();
    passTime(299);
    expect(indicatorText()).toBe("Stopping • shop");
  });
});

it("follows the count where one job took the place of another without an Idle between", () => {
  const { store } = renderWithStore(<ActiveActionIndicator />);
  const say = (...jobs: Job[]) => act(() => drive(store).applyJobUpdates(jobs));
  say(build("1", "running"));
  say(build("1", "succeeded"));
  passTime(100);
  say(build("2", "running"));
  say(build("3", "running"));
  expect(indicatorText()).toBe("Building (shop)+1");
  say(build("3", "succeeded"));
  expect(indicatorText()).toBe("Building (shop)");
  say(build("2", "succeeded"));
  passTime();
  expect(indicatorText()).toBe("Idle");
});

describe("the store that it reads", () => {
  it("may have had something going on before it was mounted", () => {
    const store = createActivityStore();
    drive(store).applyJobUpdates([run("1", "running")]);
    renderWithStore(<ActiveActionIndicator />, store);
    expect(indicatorText()).toBe("Server running (shop)");
  });

  it("is let go of when it is gone, also under StrictMode", () => {
    const store = createActivityStore();
    const ui = <ActiveActionIndicator />;
    const { container, unmount } = renderWithStore(<StrictMode>{ui}</StrictMode>, store);
    act(() => drive(store).applyJobUpdates([run("1", "running")]));
    expect(indicatorText()).toBe("Server running (shop)");
    unmount();
    drive(store).clearBackendJobs();
    passTime(60_000);
    expect(container.textContent).toBe("");
  });

  it("is the default store where no provider gives another", () => {
    renderPage(<ActiveActionIndicator />);
    let key: `request:${number}` = "request:0";
    act(() => {
      key = activityStore.getState().registerRequestAction("Syncing").key;
    });
    expect(indicatorText()).toBe("Syncing");
    act(() => activityStore.getState().completeRequestAction(key));
    passTime();
    expect(indicatorText()).toBe("Idle");
  });

  it("changes when the provider gives another one", () => {
    const [one, other] = [createActivityStore(), createActivityStore()];
    drive(other).applyJobUpdates([run("1", "running")]);
    const below = (store: typeof one) => (
      <ActivityStoreProvider store={store}>
        <ActiveActionIndicator />
      </ActivityStoreProvider>
    );
    const { rerender } = renderPage(below(one));
    expect(indicatorText()).toBe("Idle");
    rerender(below(other));
    expect(indicatorText()).toBe("Server running (shop)");
  });

  it("is each one's own where there are two on a page", () => {
    const [left, right] = ["left", "right"].map((label) => {
      const store = createActivityStore();
      store.getState().registerRequestAction(label);
      return store;
    });
    renderPage(
      [left, right].map((store, index) => (
        <ActivityStoreProvider key={["left", "right"][index]} store={store ?? activityStore}>
          <ActiveActionIndicator />
        </ActivityStoreProvider>
      )),
    );
    expect(indicatorTexts()).toEqual(["left", "right"]);
    act(() => left && drive(left).applyJobUpdates([run("1", "running")]));
    expect(indicatorTexts()).toEqual(["Server running (shop)+1", "right"]);
  });
});
