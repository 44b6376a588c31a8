import { drive } from "../support/jobs/drive.ts";
import { act, screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { build, run, wireBuild, wireRun } from "../support/jobs/jobs.ts";
import { mockBackend, refusal } from "./support/mockBackend.ts";
import { renderApp, untilNextClick } from "./support/renderApp.tsx";

const server = mockBackend();

const hidePopover = vi.fn<() => void>();

// The DOM of these tests has no popovers, but hides what would be one.
beforeEach(() => {
  hidePopover.mockClear();
  HTMLElement.prototype.hidePopover = hidePopover;
});

async function openList() {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("r1", "running")]);
  const { user } = renderApp({ store });
  await screen.findByRole("heading", { name: "Dashboard" });
  const list = screen.getByRole("banner").querySelector<HTMLElement>("[popover]");
  if (!list) throw new Error("the indicator has no list");
  list.style.display = "block";
  const opening = Object.assign(new Event("beforetoggle"), { newState: "open" });
  act(() => void list.dispatchEvent(opening));
  // Its code comes when it is first opened.
  await within(list).findByRole("group", { name: "Running" });
  return { list: within(list), store, user };
}

it("leads from a row of the indicator to the project's page, and closes the list", async () => {
  const { list, user } = await openList();
  await user.click(list.getByRole("link", { name: "Server · shop" }));
  await screen.findByRole("heading", { name: "Shop", level: 1 });
  expect(hidePopover).toHaveBeenCalled();
});

it("leaves a click for a new tab to the browser", async () => {
  const { list, user } = await openList();
  await user.keyboard("{Control>}");
  await user.click(list.getByRole("link", { name: "Server · shop" }));
  expect(screen.getByRole("heading", { name: "Dashboard" })).toBeTruthy();
});

it("offers Stop for servers alone, as the backend can stop nothing else", async () => {
  const { list, store } = await openList();
  act(() => drive(store).applyJobUpdates([build("b1", "running")]));
  await list.findByRole("link", { name: "Build · shop" });
  const names = list.getAllByRole("button").map((button) => button.getAttribute("aria-label"));
  expect(names).toEqual(["Stop Server · shop"]);
});

it("stops a server from its row of the indicator, and says there if that fails", async () => {
  server.use(
    http.post("/api/runs/r1/stop", () => refusal(500, "It does not end."), { once: true }),
    http.post("/api/runs/r1/stop", () =>
      HttpResponse.json({ run: { ...wireRun, status: "stopped" } }),
    ),
  );
  const { list, store, user } = await openList();
  const stop = list.getByRole("button", { name: /^Stop/ });
  await user.click(stop);
  await list.findByText(/It does not end/);
  await untilNextClick();
  await user.click(stop);
  await list.findByText(/stopped/, { ignore: ".active-indicator-hidden" });
  expect(store.getState().backendJobs).toEqual({});
});

it("builds anew from the row of a build that failed, and starts a server that failed anew", async () => {
  const asked: string[] = [];
  const answer = (path: string, job: object) =>
    http.post(`/api/projects/shop/${path}`, () => {
      asked.push(path);
      return HttpResponse.json(job);
    });
  server.use(
    answer("build", { build: { ...wireBuild, id: "b2", status: "pending" } }),
    answer("run", { run: { ...wireRun, id: "r3", status: "pending" } }),
  );
  const { list, store, user } = await openList();
  const say = (...jobs: ReturnType<typeof build>[]) =>
    act(() => drive(store).applyJobUpdates(jobs));
  say(build("b1", "running"), run("r2", "running"));
  say(build("b1", "failed"), run("r2", "failed"));
  await untilNextClick();
  await user.click(list.getByRole("button", { name: "Retry Build · shop" }));
  await user.click(list.getByRole("button", { name: "Retry Server · shop" }));
  await vi.waitFor(() => expect(asked).toEqual(["build", "run"]));
  await vi.waitFor(() => expect(store.getState().backendJobs).toHaveProperty(["build:b2"]));
});
