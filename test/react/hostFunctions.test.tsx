// What a host's own functions throw costs the indicator nothing; its words are in labels.test.tsx.
import { drive } from "../support/jobs/drive.ts";
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import type { Job } from "../../src/jobs/job.ts";
import { ActiveActionIndicator, type IndicatorOptions } from "../../src/react.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { build, run } from "../support/jobs/jobs.ts";
import { openListByHand } from "../support/indicator/openListByHand.ts";
import { holdTime, indicatorText, passTime } from "../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

/** The open list of a host that gives this, with a server, and a build that has failed. */
function renderList(options: IndicatorOptions) {
  const { store, container } = renderWithStore(<ActiveActionIndicator {...options} />);
  openListByHand(container);
  const say = (...jobs: Job[]) => act(() => drive(store).applyJobUpdates(jobs));
  say(run("1", "running"), build("2", "running"), build("2", "failed"));
  const texts = (selector: string) =>
    [...container.querySelectorAll(selector)].map(({ textContent }) => textContent);
  return { say, texts, titles: () => texts("bdi"), notes: () => texts('[data-part="note"]') };
}

/** A host's function that fails, each time for the same reason. */
function fails(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

// A host's function in JavaScript.
function givesNoText(): string {
  return JSON.parse("{}");
}

const bothRows = ["Build · shop", "Server · shop"];

it.each<[string, () => string, string]>([
  ["throws", fails("no page"), "no page"],
  ["gives no text", givesNoText, "jobHref: expected a string, got an object"],
])("a jobHref that %s leaves the rows without a link", (_, jobHref, message) => {
  const uncaught = catchUncaught();
  const { titles, texts } = renderList({ jobHref });
  passTime(10_000);
  expect(titles()).toEqual(bothRows);
  expect(texts("a")).toEqual([]);
  return vi.waitFor(() => expect(uncaught).toEqual([message]));
});

it("a jobHref that gives an empty text leaves the rows without a link, which would lead to this page", () => {
  const { titles, texts } = renderList({ jobHref: () => "" });
  expect(titles()).toEqual(bothRows);
  expect(texts("a")).toEqual([]);
});

it("a canStopJob that throws leaves Stop to each job that is not stopping already", async () => {
  const uncaught = catchUncaught();
  const canStopJob = fails("who knows");
  const { say, texts } = renderList({ canStopJob, onStopJob: () => {} });
  passTime(10_000);
  const isStopOffered = () => texts("li button").includes("Stop");
  expect(isStopOffered()).toBe(true);
  say(run("1", "stopping"));
  expect(isStopOffered()).toBe(false);
  await vi.waitFor(() => expect(uncaught).toEqual(["who knows"]));
});

it("an onStopJob that throws is told in the row, and to the host", async () => {
  const uncaught = catchUncaught();
  const { notes } = renderList({ onStopJob: fails("not a server") });
  await act(async () => void fireEvent.click(screen.getByLabelText("Stop Server · shop")));
  expect(notes()).toEqual(["Could not stop: not a server"]);
  await vi.waitFor(() => expect(uncaught).toEqual(["not a server"]));
});

it("an onStopJob that rejects with what has no text is told in the row all the same", async () => {
  const { notes } = renderList({ onStopJob: () => Promise.reject(Object.create(null)) });
  await act(async () => void fireEvent.click(screen.getByLabelText("Stop Server · shop")));
  expect(notes()).toEqual(["Could not stop: [object Object]"]);
});

it("a word that throws for one job costs neither the others nor what comes later", () => {
  catchUncaught();
  const { store } = renderWithStore(
    <ActiveActionIndicator
      labels={{
        job: ({ title }) => `Job ${title?.toUpperCase() ?? fails("no project")()}`,
      }}
    />,
  );
  const say = (...jobs: Job[]) => act(() => drive(store).applyJobUpdates(jobs));
  say(run("1", "running"));
  expect(indicatorText()).toBe("Job SHOP");
  say(build("2", "running", { projectId: undefined }));
  expect(indicatorText()).toBe("Building…+1");
  say(build("2", "succeeded", { projectId: undefined }));
  expect(indicatorText()).toBe("Job SHOP");
});
