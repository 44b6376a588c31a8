import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { many } from "../support/jobs/jobs.ts";
import { mockBackend } from "./support/mockBackend.ts";
import { findCard, renderApp } from "./support/renderApp.tsx";

const server = mockBackend();

/** The page of projects with that many of them: `Service 1` with the id `s1`, and so on. */
async function renderProjects(count: number) {
  const projects = many(count, (n) => ({
    id: `s${n}`,
    name: `Service ${n}`,
    ...(n === 7 && { description: "Takes payments" }),
  }));
  server.use(http.get("/api/projects", () => HttpResponse.json({ projects })));
  const app = renderApp({ path: "/projects" });
  await findCard("Service 1");
  return app;
}

const shown = () => screen.queryAllByRole("article").map(nameOf);
const nameOf = (card: HTMLElement) => within(card).getByRole("heading").textContent;

it("a dozen projects can be filtered, fewer are seen at a glance", async () => {
  await renderProjects(12);
  expect(screen.getByRole("searchbox", { name: "Find a project" })).toBeTruthy();
});

it("eleven projects have no filter", async () => {
  await renderProjects(11);
  expect(screen.queryByRole("searchbox")).toBeNull();
});

it("the filter leaves the projects that have all its words, and a region that stays says how many", async () => {
  const { user } = await renderProjects(60);
  const region = screen.getByText("60 projects");
  expect(region.getAttribute("aria-live")).toBe("polite");
  await user.type(screen.getByRole("searchbox"), "SERVICE 33");
  expect(shown()).toEqual(["Service 33"]);
  expect(region.textContent).toBe("1 of 60 projects");
  expect(region.isConnected).toBe(true);
});

it("the filter knows ids and descriptions too", async () => {
  const { user } = await renderProjects(60);
  await user.type(screen.getByRole("searchbox"), "payments");
  expect(shown()).toEqual(["Service 7"]);
  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "s58");
  expect(shown()).toEqual(["Service 58"]);
});

it("Escape shows all projects again and leaves the focus in the field", async () => {
  const { user } = await renderProjects(60);
  const field = screen.getByRole("searchbox");
  await user.type(field, "nothing like that");
  expect(shown()).toEqual([]);
  expect(screen.getByText("0 of 60 projects")).toBeTruthy();
  await user.keyboard("{Escape}");
  expect(shown()).toHaveLength(60);
  expect(document.activeElement).toBe(field);
});

it("the filter is as it was when one comes back from a project", async () => {
  const { user } = await renderProjects(60);
  await user.type(screen.getByRole("searchbox"), "33");
  await user.click(screen.getByRole("link", { name: "Service 33" }));
  await screen.findByRole("heading", { name: "Service 33", level: 1 });
  const pages = within(screen.getByRole("navigation", { name: "Pages" }));
  await user.click(pages.getByRole("link", { name: "Projects" }));
  expect(shown()).toEqual(["Service 33"]);
});
