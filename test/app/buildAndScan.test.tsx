import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { wireBuild } from "../support/jobs/jobs.ts";
import { recordIndicatorTexts } from "../support/indicator/renderIndicator.tsx";
import { heldAnswer, mockBackend, projects, refusal } from "./support/mockBackend.ts";
import { findCard, recordLabels, renderApp, untilNextClick } from "./support/renderApp.tsx";

const server = mockBackend();
const queued = { ...wireBuild, status: "pending", startedAt: undefined };

describe("Build", () => {
  it("hands over from the request to the build without an idle moment", async () => {
    server.use(
      http.post("/api/projects/shop/build", () =>
        HttpResponse.json({ build: queued }, { status: 202 }),
      ),
    );
    const { user, store } = renderApp();
    const card = within(await findCard("Shop"));
    const labels = recordLabels(store);
    const texts = recordIndicatorTexts();
    await user.click(card.getByRole("button", { name: "Build Shop" }));
    await waitFor(() => expect(store.getState().requestActions).toEqual({}));
    expect(labels[0]).toBe("Triggering build • shop");
    expect(labels.at(-1)).toBe("Build queued…");
    expect(labels).not.toContain("Idle");
    expect(texts.slice(1)).not.toContain("Idle");
    expect(card.getByText(/^queued/)).toBeTruthy();
  });

  it("is busy, and deaf to further clicks, while its request is in flight", async () => {
    const { answer, release } = heldAnswer();
    let requests = 0;
    server.use(
      http.post("/api/projects/shop/build", () => {
        requests += 1;
        return answer;
      }),
    );
    const { user } = renderApp();
    const build = within(await findCard("Shop")).getByRole("button", { name: "Build Shop" });
    await user.click(build);
    await user.click(build);
    expect(build.getAttribute("aria-busy")).toBe("true");
    expect(build.getAttribute("aria-disabled")).toBe("true");
    release(HttpResponse.json({ build: queued }, { status: 202 }));
    await waitFor(() => expect(build.getAttribute("aria-busy")).toBe("false"));
    expect(requests).toBe(1);
  });

  it("says in the card, and only there, that the backend does not answer", async () => {
    server.use(http.post("/api/projects/shop/build", () => HttpResponse.error()));
    const { user } = renderApp();
    const card = within(await findCard("Shop"));
    await user.click(card.getByRole("button", { name: "Build Shop" }));
    expect((await card.findByRole("alert")).textContent).toContain(
      "The build was not triggered. The backend does not answer. Try again once the backend runs.",
    );
    expect(screen.getAllByRole("alert")).toHaveLength(1);
  });

  it("says what cannot be read of an answer", async () => {
    server.use(http.post("/api/projects/shop/build", () => HttpResponse.html("<h1>Hello</h1>")));
    const { user } = renderApp();
    const card = within(await findCard("Shop"));
    await user.click(card.getByRole("button", { name: "Build Shop" }));
    expect((await card.findByRole("alert")).textContent).toContain("cannot be read (not JSON)");
  });

  it("is not offered where there is nothing to build with", async () => {
    const pages = { id: "pages", name: "Pages", canBuild: false, canRun: false };
    server.use(http.get("/api/projects", () => HttpResponse.json({ projects: [pages] })));
    renderApp();
    const card = within(await findCard("Pages"));
    const names = card.getAllByRole("button").map((button) => button.textContent);
    expect(names).toEqual(["Scan Pages", "Sync Pages"]);
  });
});

describe("Scan and Sync", () => {
  it("show in the header for as long as they take, and in the card what came of them", async () => {
    const scan = heldAnswer();
    const sync = heldAnswer();
    server.use(
      http.post("/api/projects/shop/scan", () => scan.answer),
      http.post("/api/projects/shop/sync", () => sync.answer),
    );
    const { user } = renderApp();
    const card = within(await findCard("Shop"));
    await user.click(card.getByRole("button", { name: "Scan Shop" }));
    await screen.findByText("Scanning assets • shop");
    const scanned = { ...projects[0], files: 1204, bytes: 3_400_000 };
    scan.release(HttpResponse.json({ project: scanned }));
    await card.findByText("Scanned: 1,204 files, 3.4 MB");
    await user.click(card.getByRole("button", { name: "Sync Shop" }));
    await screen.findByText("Syncing repository • shop");
    sync.release(HttpResponse.json({ commitSha: "0123456789", message: "Up to date" }));
    await card.findByText("Synced at 0123456: Up to date");
    expect(await screen.findByText("Idle")).toBeTruthy();
  });

  it("are said in a region that stays, the same result twice if it comes twice", async () => {
    const synced = { commitSha: "0123456789", message: "Up to date" };
    server.use(http.post("/api/projects/shop/sync", () => HttpResponse.json(synced)));
    const { user } = renderApp();
    const card = await findCard("Shop");
    const region = card.querySelector('[aria-live="polite"]');
    const said: (string | null)[] = [];
    new MutationObserver(() => said.push(region?.textContent ?? null)).observe(card, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    const sync = within(card).getByRole("button", { name: "Sync Shop" });
    await user.click(sync);
    await waitFor(() => expect(region?.textContent).toContain("Synced"));
    await untilNextClick();
    await user.click(sync);
    await waitFor(() => expect(region?.textContent).toContain("Synced"));
    const result = "Synced at 0123456: Up to date";
    expect(said.filter((text, at) => text !== said[at - 1])).toEqual([
      "",
      result,
      "",
      `${result}\u00a0`,
    ]);
  });

  it("keep all that is known of a project whose scan answers without its name", async () => {
    const known = { id: "shop", name: "Shop", description: "Sells", canRun: false, files: 3 };
    const scanned = { id: "shop", description: 7, files: 1204 };
    server.use(
      http.get("/api/projects", () => HttpResponse.json({ projects: [known] })),
      http.post("/api/projects/shop/scan", () => HttpResponse.json({ project: scanned })),
    );
    const { user } = renderApp({ path: "/projects/shop" });
    await user.click(await screen.findByRole("button", { name: "Scan Shop" }));
    await screen.findByText("Scanned: 1,204 files");
    expect(screen.getByRole("heading", { name: "Shop", level: 1 })).toBeTruthy();
    expect(screen.getByText("Sells")).toBeTruthy();
    expect(screen.getByText("1,204 files")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Start server Shop" })).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("say in the backend's words what went wrong, until it is dismissed", async () => {
    server.use(
      http.post("/api/projects/shop/sync", () => refusal(400, "No repository: run git init.")),
    );
    const { user } = renderApp();
    const card = within(await findCard("Shop"));
    await user.click(card.getByRole("button", { name: "Sync Shop" }));
    expect((await card.findByRole("alert")).textContent).toContain("No repository: run git init.");
    await user.click(card.getByRole("button", { name: "Dismiss" }));
    expect(card.queryByRole("alert")).toBeNull();
  });
});
