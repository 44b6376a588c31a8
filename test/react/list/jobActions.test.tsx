// Stop in a row, on a backend that takes its time or refuses.
import { drive } from "../../support/jobs/drive.ts";
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { ActiveActionIndicator } from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { run } from "../../support/jobs/jobs.ts";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { deferred } from "../../support/deferred.ts";

beforeEach(holdTime);

/** An open list with a running server, and the answers to each press of its Stop. */
function renderRunning() {
  const store = createActivityStore();
  drive(store).setConnectionStatus("runs", "live");
  drive(store).applyJobUpdates([run("1", "running")]);
  const answers: Array<ReturnType<typeof deferred<void>>> = [];
  const onStopJob = () => {
    const answer = deferred<void>();
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
    row: () => container.querySelector("li small")?.textContent,
    heard: () => container.querySelector('[role="status"]')?.textContent,
  };
}

it("asks the host once, however often it is pressed before the answer", async () => {
  const { answers, press, refuse } = renderRunning();
  press();
  press();
  expect(answers).toHaveLength(1);
  await refuse(0);
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
  const { open, close, press, refuse, row } = renderRunning();
  press();
  close();
  await refuse(0);
  open();
  expect(row()).toBe("not stopped: HTTP 409");
});

it("has a failure told to a screen reader, with the list closed or open", async () => {
  const { close, press, refuse, heard } = renderRunning();
  press();
  close();
  await refuse(0);
  passTime(2_000);
  expect(heard()).toBe("Server · shop not stopped: HTTP 409.");
});

it("keeps its row, with the focus, and says in it what was asked", () => {
  const { store, container, row } = renderRunning();
  const button = screen.getByLabelText("Stop Server · shop");
  button.focus();
  act(() => void store.getState().registerRequestAction("Stopping server • shop", "run:1"));
  expect(container.querySelectorAll("li")).toHaveLength(1);
  expect(row()).toBe("Stopping server • shop");
  expect(document.activeElement).toBe(button);
  act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
  expect(row()).toBe("stopping");
});

it("takes the failure back when the server stops after all", async () => {
  const { store, press, refuse, row } = renderRunning();
  press();
  await refuse(0);
  act(() => drive(store).applyJobUpdates([run("1", "stopping")]));
  expect(row()).toBe("stopping");
});

it("takes the failure back when it is pressed again, until that fails too", async () => {
  const { press, refuse, row } = renderRunning();
  press();
  await refuse(0);
  press();
  expect(row()).toBe("running");
  await refuse(1);
  expect(row()).toBe("not stopped: HTTP 409");
});
