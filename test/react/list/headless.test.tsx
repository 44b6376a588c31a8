// A host that draws chip and list with components of its own.
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { createActivityStore, formatElapsed } from "../../../src/index.ts";
import {
  type ActivityRow,
  type JobActions,
  useActivityList,
  useChipView,
  useNow,
} from "../../../src/react.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { drive } from "../../support/jobs/drive.ts";
import { build, run } from "../../support/jobs/jobs.ts";

beforeEach(holdTime);

function Header({ actions }: { actions: JobActions }) {
  const { label, count, failures } = useChipView({ idle: "All quiet" });
  const { needsYou, running, queued, recent, markAsRead } = useActivityList({ actions });
  return (
    <details onToggle={() => markAsRead()}>
      <summary>
        {label} {count > 1 && `(${count})`} {failures > 0 && `${failures} broken`}
      </summary>
      {[...needsYou, ...running, ...queued, ...recent].map((row) => (
        <Item key={row.key} row={row} />
      ))}
    </details>
  );
}

function Item({ row: { title, word, note, elapsedMs, actions } }: { row: ActivityRow }) {
  const now = useNow();
  return (
    <p>
      {title}: {note?.text ?? word} {elapsedMs && formatElapsed(elapsedMs(now))}
      {actions.map(({ name, label, accessibleName, isBusy, run: press }) => (
        <button key={name} aria-label={accessibleName} disabled={isBusy} onClick={press}>
          {label}
        </button>
      ))}
    </p>
  );
}

function renderHeader(actions: JobActions = {}) {
  const store = createActivityStore();
  const { container } = renderWithStore(<Header actions={actions} />, store);
  return {
    say: (...jobs: ReturnType<typeof build>[]) => act(() => drive(store).applyJobUpdates(jobs)),
    chip: () => container.querySelector("summary")?.textContent?.trim().replaceAll(/\s+/g, " "),
    rows: () => [...container.querySelectorAll("p")].map((row) => row.textContent),
    open: () => fireEvent(container.querySelector("details") ?? container, new Event("toggle")),
  };
}

it("has the chip's view, in its own words", () => {
  const { say, chip } = renderHeader();
  expect(chip()).toBe("All quiet");
  say(build("1", "running"), run("2", "running"));
  expect(chip()).toBe("Server running (shop) (2)");
});

it("has the rows of what goes on and of what has ended, with times that tick", () => {
  const { say, rows } = renderHeader();
  say(build("1", "running"));
  say(build("2", "running"), build("2", "succeeded"));
  passTime(3_000);
  expect(rows()).toEqual(["Build · shop: running 0:03", "Build · shop: succeeded Dismiss"]);
});

it("counts failures until somebody has looked", () => {
  const { say, chip, open } = renderHeader();
  say(build("1", "running"));
  say(build("1", "failed"));
  passTime(300);
  expect(chip()).toBe("All quiet 1 broken");
  open();
  passTime(300);
  expect(chip()).toBe("All quiet");
});

it("stops a server, and has in its row why that failed", async () => {
  const stop = vi.fn<() => Promise<never>>(() => Promise.reject(new Error("HTTP 409")));
  const { say, rows, chip } = renderHeader({ run: { stop } });
  say(run("1", "running"));
  const button = screen.getByLabelText("Stop Server · shop");
  fireEvent.click(button);
  expect(chip()).toBe("Stopping Server · shop");
  expect(button.matches(":disabled")).toBe(true);
  await act(async () => {});
  expect(rows()[0]).toContain("Could not stop: HTTP 409");
  expect(stop).toHaveBeenCalledOnce();
});
