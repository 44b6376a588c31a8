import { drive } from "../support/jobs/drive.ts";
import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { run, wireRun } from "../support/jobs/jobs.ts";
import { heldAnswer, mockBackend, refusal } from "./support/mockBackend.ts";
import { findCard, recordLabels, renderApp, untilNextClick } from "./support/renderApp.tsx";

const server = mockBackend();
const pending = { ...wireRun, status: "pending" };

function runningStore() {
  const store = createActivityStore();
  drive(store).applyJobSnapshot("run", [run("r1", "running")]);
  return store;
}

describe("Start server", () => {
  it("hands over from the request to the run without an idle moment", async () => {
    server.use(
      http.post("/api/projects/shop/run", () =>
        HttpResponse.json({ run: pending }, { status: 202 }),
      ),
    );
    const { user, store } = renderApp();
    const card = within(await findCard("Shop"));
    const labels = recordLabels(store);
    await user.click(card.getByRole("button", { name: "Start server Shop" }));
    await card.findByRole("button", { name: "Stop server Shop" });
    await waitFor(() => expect(store.getState().requestActions).toEqual({}));
    expect(labels[0]).toBe("Requesting server • shop");
    expect(labels.at(-1)).toBe("Starting server…");
    expect(labels).not.toContain("Idle");
  });

  it("that is refused says why beside the button, and the next try clears it", async () => {
    server.use(
      http.post(
        "/api/projects/shop/run",
        () => refusal(409, "It is active already. Stop it first."),
        {
          once: true,
        },
      ),
      http.post("/api/projects/shop/run", () => refusal(400, "There is no build. Build it first.")),
    );
    const { user } = renderApp();
    const card = within(await findCard("Shop"));
    const start = card.getByRole("button", { name: "Start server Shop" });
    await user.click(start);
    expect((await card.findByRole("alert")).textContent).toContain("Stop it first.");
    await untilNextClick();
    await user.click(start);
    await waitFor(() => {
      expect(card.getByRole("alert").textContent).toContain("Build it first.");
    });
    expect(card.getAllByRole("alert")).toHaveLength(1);
  });
});

describe("Stop server", () => {
  it("is offered in place of Start where the store has an active run of the project", async () => {
    renderApp({ store: runningStore() });
    const shop = within(await findCard("Shop"));
    const docs = within(await findCard("docs"));
    expect(shop.getByRole("button", { name: "Stop server Shop" })).toBeTruthy();
    expect(shop.queryByRole("button", { name: /Start server/ })).toBeNull();
    expect(docs.getByRole("button", { name: "Start server docs" })).toBeTruthy();
  });

  it("is disabled, with the word for it, while the run is stopping", async () => {
    const { answer, release } = heldAnswer();
    server.use(http.post("/api/runs/r1/stop", () => answer));
    const { user, store } = renderApp({ store: runningStore(), path: "/projects" });
    const card = within(await findCard("Shop"));
    await user.click(card.getByRole("button", { name: "Stop server Shop" }));
    await screen.findByText("Stopping server • shop");
    act(() => drive(store).applyJobUpdates([run("r1", "stopping")]));
    const stopping = card.getByRole("button", { name: "Stopping… Shop" });
    expect(stopping.getAttribute("aria-disabled")).toBe("true");
    release(HttpResponse.json({ run: { ...wireRun, status: "stopped" } }));
    const start = await card.findByRole("button", { name: "Start server Shop" });
    await waitFor(() => expect(start.getAttribute("aria-disabled")).toBe("false"));
    await screen.findByText("Idle");
  });
});
