// Whoever works with the keyboard stays where they were when what they pressed goes away.
import { drive } from "../support/jobs/drive.ts";
import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { build, many } from "../support/jobs/jobs.ts";
import { heldAnswer, mockBackend, projects, refusal } from "./support/mockBackend.ts";
import { findCard, renderApp } from "./support/renderApp.tsx";

const server = mockBackend();

/** The words of what has the focus; `undefined` if nothing has it. */
function focused(): string | undefined {
  const { activeElement, body } = document;
  return activeElement === body ? undefined : activeElement?.textContent;
}

it("Show all goes on with the first row that was not shown before", async () => {
  const store = createActivityStore();
  drive(store).applyJobSnapshot(
    "build",
    many(12, (n) => build(`b${n}`, "failed", { error: `error ${n}`, finishedAt: -n })),
  );
  const { user } = renderApp({ store, path: "/projects/shop" });
  const more = await screen.findByRole("button", { name: "Show all 12" });
  more.focus();
  await user.keyboard("{Enter}");
  expect(focused()).toContain("error 10");
});

it("Dismiss of an error goes back to the buttons that it stood by", async () => {
  server.use(http.post("/api/projects/shop/build", () => refusal(500, "No room.")));
  const { user } = renderApp();
  const card = within(await findCard("Shop"));
  await user.click(card.getByRole("button", { name: /^Build/ }));
  (await card.findByRole("button", { name: "Dismiss" })).focus();
  await user.keyboard("{Enter}");
  expect(focused()).toMatch(/^Build/);
});

it("Try again keeps the focus until the answer, and then gives it to the page", async () => {
  server.use(http.get("/api/projects", () => refusal(503, "Not now.")));
  const { user } = renderApp({ path: "/projects" });
  const again = await screen.findByRole("button", { name: "Try again" });
  const { answer, release } = heldAnswer();
  server.use(http.get("/api/projects", async () => (await answer).clone()));
  again.focus();
  await user.keyboard("{Enter}");
  expect(document.activeElement).toBe(again);
  expect(again.getAttribute("aria-busy")).toBe("true");
  release(HttpResponse.json({ projects }));
  await findCard("Shop");
  expect(focused()).toBe("Projects");
});

it("Try again keeps the focus that comes to it as soon as it shows", async () => {
  server.use(http.get("/api/projects", () => refusal(503, "Not now.")));
  const focusing = new MutationObserver(() => {
    const again = screen.queryByRole("button", { name: "Try again" });
    if (again) focusing.disconnect();
    again?.focus();
  });
  focusing.observe(document.body, { childList: true, subtree: true });
  renderApp({ path: "/projects" });
  await screen.findByRole("button", { name: "Try again" });
  // React may still have effects to run, in Strict Mode twice.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(focused()).toBe("Try again");
});
