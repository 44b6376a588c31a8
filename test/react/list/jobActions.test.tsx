// What can be done about a job, on a backend that takes its time or refuses.
import { drive } from "../../support/jobs/drive.ts";
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { defineJobKind, type Job } from "../../../src/index.ts";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  type JobAction,
  type JobActionOptions,
  type JobActions,
} from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { resetActivity } from "../../../src/testing.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import { holdTime, indicatorText, passTime } from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { deferred } from "../../support/deferred.ts";

beforeEach(holdTime);

/** An open list with a running server, and the answers to each press of its Stop. */
function renderRunning() {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "live");
  drive(store).applyJobUpdates([run("1", "running")]);
  const answers: Array<ReturnType<typeof deferred<unknown>>> = [];
  const onStopJob = () => {
    const answer = deferred<unknown>();
    answers.push(answer);
    return answer.promise;
  };
  const { container } = renderWithStore(<ActiveActionIndicator onStopJob={onStopJob} />, store);
  openListByHand(container);
  passTime(3_000);

  return {
    store,
    container,
    answers,
    open: () => openListByHand(container),
    close: () => openListByHand(container, "closed"),
    press: () => fireEvent.click(screen.getByLabelText("Stop Server · shop")),
    refuse: (index: number) => act(async () => answers[index]?.reject(new Error("HTTP 409"))),
    status: () => container.querySelector(".active-indicator-status")?.textContent?.trim(),
    note: () => container.querySelector('[data-part="note"]')?.textContent,
    heard: () => container.querySelector("[aria-live]")?.textContent,
  };
}

it("asks the host once, however often it is pressed before the answer", async () => {
  const { answers, press, refuse } = renderRunning();
  press();
  press();
  expect(answers).toHaveLength(1);
  await refuse(0);
  passTime(600);
  press();
  expect(answers).toHaveLength(2);
});

it("shows that it is under way without losing the focus, which a disabled button would", async () => {
  const { press, refuse } = renderRunning();
  const button = screen.getByLabelText("Stop Server · shop");
  press();
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(button.matches(":disabled")).toBe(false);
  await refuse(0);
  expect(button.getAttribute("aria-disabled")).toBe("false");
});

it("says in the row why it failed, also if the list was closed meanwhile", async () => {
  const { open, close, press, refuse, note } = renderRunning();
  press();
  close();
  await refuse(0);
  open();
  expect(note()).toBe("Could not stop: HTTP 409");
});

it("has a failure told to a screen reader, with the list closed or open", async () => {
  const { close, press, refuse, heard } = renderRunning();
  press();
  close();
  await refuse(0);
  passTime(2_000);
  expect(heard()).toBe("Server · shop: Could not stop: HTTP 409.");
});

it("keeps its row, with the focus, and says in it what was asked", () => {
  const { store, container, status } = renderRunning();
  const button = screen.getByLabelText("Stop Server · shop");
  button.focus();
  act(() => void store.getState().registerRequestAction("Stopping server • shop", "run:1"));
  expect(container.querySelectorAll("li")).toHaveLength(1);
  expect(status()).toMatch(/^Stopping server • shop/);
  expect(document.activeElement).toBe(button);
  act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
  expect(status()).toBe("stopping");
});

it("takes the failure back when the server stops after all", async () => {
  const { store, press, refuse, note } = renderRunning();
  press();
  await refuse(0);
  act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
  expect(note()).toBeUndefined();
});

it("takes the failure back when it is pressed again, until that fails too", async () => {
  const { press, refuse, note } = renderRunning();
  press();
  await refuse(0);
  passTime(600);
  press();
  expect(note()).toBeUndefined();
  await refuse(1);
  expect(note()).toBe("Could not stop: HTTP 409");
});

it("shows in the header from the click on, and counts as one with its job", async () => {
  const { press, refuse } = renderRunning();
  press();
  expect(indicatorText()).toBe("Stopping Server · shop");
  await refuse(0);
  expect(indicatorText()).toBe("Server running (shop)");
});

it("takes the job that it resolves with as a hint", async () => {
  const { store, answers, press } = renderRunning();
  press();
  await act(async () => answers[0]?.resolve(run("1", "stopped")));
  expect(store.getState().endedJobs["run:1"]?.outcome).toBe("stopped");
  passTime(300);
  expect(indicatorText()).toBe("Idle");
});

/** A header that moves from one layout to another, with a build that has failed. */
function renderLayouts() {
  const store = createActivityStore();
  const fail = () => {
    drive(store).applyJobUpdates([build("1", "running")]);
    drive(store).applyJobUpdates([build("1", "failed")]);
  };
  fail();
  const retry = vi.fn<() => Promise<void>>();
  const header = <ActiveActionIndicator actions={{ build: { retry } }} />;
  const { container, rerender } = renderWithStore(<aside>{header}</aside>, store);
  openListByHand(container);
  passTime(3_000);
  return {
    store,
    container,
    retry,
    fail,
    press: () => fireEvent.click(screen.getByText("Retry")),
    move: () => {
      rerender(<ActivityStoreProvider store={store}>{header}</ActivityStoreProvider>);
      openListByHand(container);
      passTime(600);
    },
    note: () => container.querySelector('[data-part="note"]')?.textContent,
  };
}

it("says why it failed in the header that has taken the place of that where it was pressed", async () => {
  const { container, retry, press, move, note } = renderLayouts();
  const answer = deferred<void>();
  retry.mockReturnValue(answer.promise);
  press();
  move();
  press();
  expect(retry).toHaveBeenCalledOnce();
  await act(async () => answer.reject(new Error("HTTP 409")));
  expect(note()).toBe("Could not retry: HTTP 409");
  passTime(2_000);
  const heard = container.querySelector("[aria-live]")?.textContent;
  expect(heard).toBe("Build · shop: Could not retry: HTTP 409.");
});

it("has no next user see why it failed, who finds the same job", async () => {
  const { store, press, refuse, note } = renderRunning();
  press();
  await refuse(0);
  act(() => drive(store).clearJobs(new Set(["run"])));
  act(() => drive(store).applyJobUpdates([run("1", "running")]));
  expect(note()).toBeUndefined();
});

it("is forgotten when a host's test resets the store, even if it never settles", () => {
  const { store, retry, fail, press, move } = renderLayouts();
  retry.mockReturnValue(new Promise(() => {}));
  press();
  act(() => resetActivity(store));
  act(fail);
  move();
  press();
  expect(retry).toHaveBeenCalledTimes(2);
});

const never = () => new Promise(() => {});

describe("the actions of a kind", () => {
  const deploys = defineJobKind({
    name: "deploy",
    noun: "Deployment",
    statuses: { building: "working", approval: "waiting", live: "succeeded", broken: "failed" },
    parse: (deploy: { id: string; status: "building" | "approval" | "live" | "broken" }) => deploy,
  });

  /** An open list of one deployment and one running server. */
  function renderDeploy(actions: JobActions, options: JobActionOptions = {}) {
    const store = createActivityStore();
    const { container } = renderWithStore(
      <ActiveActionIndicator actions={actions} {...options} />,
      store,
    );
    openListByHand(container);
    const say = (status: "building" | "approval" | "live" | "broken") =>
      act(() =>
        drive(store).applyJobUpdates([run("1", "running"), deploys.parse({ id: "7", status })]),
      );
    const buttons = () =>
      [...container.querySelectorAll('li[data-key="deploy:7"] button')].map(
        (button) => button.getAttribute("aria-label") ?? "",
      );
    return { store, say, buttons };
  }

  it("are offered by the rows of that kind alone", () => {
    const { say, buttons } = renderDeploy({ run: { stop: () => {} } });
    say("building");
    expect(buttons()).toEqual([]);
    expect(screen.getByLabelText("Stop Server · shop")).toBeDefined();
  });

  it("are stop while it is active, retry once it has failed, and any other while it is active", () => {
    const { say, buttons } = renderDeploy({
      deploy: { stop: never, retry: never, approve: never },
    });
    say("building");
    expect(buttons()).toEqual(["Stop Deployment · 7", "Approve Deployment · 7"]);
    say("broken");
    expect(buttons()).toEqual(["Retry Deployment · 7", "Dismiss Deployment · 7"]);
  });

  it("are offered when they say so, in their own words", () => {
    const approve: JobAction = {
      act: never,
      label: "Let it go",
      busyLabel: ({ id }) => `Letting ${id} go`,
      isOffered: (job) => "phase" in job && job.phase === "waiting",
    };
    const { say, buttons } = renderDeploy({ deploy: { approve } });
    say("building");
    expect(buttons()).toEqual([]);
    say("approval");
    fireEvent.click(screen.getByText("Let it go"));
    expect(indicatorText()).toBe("Letting 7 go+1");
  });

  it("show a retry in the header, and the job that it begins as the same", async () => {
    const answer = deferred<Job>();
    const { say } = renderDeploy({ deploy: { retry: () => answer.promise } });
    say("building");
    say("broken");
    fireEvent.click(screen.getByText("Retry"));
    expect(indicatorText()).toBe("Retrying Deployment · 7+1");
    expect(screen.getByText("Retry").getAttribute("aria-disabled")).toBe("true");
    await act(async () => answer.resolve(deploys.parse({ id: "8", status: "building" })));
    expect(indicatorText()).toBe("Deployment building…+1");
  });

  it("go before onStopJob, which is for all the others", () => {
    const onStopJob = vi.fn<() => void>();
    const stop = vi.fn<() => void>();
    const { say } = renderDeploy({ deploy: { stop } }, { onStopJob });
    say("building");
    fireEvent.click(screen.getByLabelText("Stop Deployment · 7"));
    expect([stop.mock.calls.length, onStopJob.mock.calls.length]).toEqual([1, 0]);
    fireEvent.click(screen.getByLabelText("Stop Server · shop"));
    expect([stop.mock.calls.length, onStopJob.mock.calls.length]).toEqual([1, 1]);
  });

  it("wait while another request about the job is in flight", () => {
    const stop = vi.fn<() => void>();
    const { store, say } = renderDeploy({ deploy: { stop } });
    say("building");
    act(() => void store.getState().registerRequestAction("Stopping it elsewhere", "deploy:7"));
    const button = screen.getByLabelText("Stop Deployment · 7");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button);
    expect(stop).not.toHaveBeenCalled();
  });
});
