import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { createApi } from "../../src/app/http/createApi.ts";
import { HttpError } from "../../src/app/http/HttpError.ts";
import { projectPath } from "../../src/app/projects/projectPath.ts";
import { wireRun } from "../support/jobs/jobs.ts";
import { mockBackend, refusal } from "./support/mockBackend.ts";

const server = mockBackend();
const api = createApi({ baseUrl: "/api", watchSession: () => () => {} });

async function failureOf(request: Promise<unknown>): Promise<HttpError> {
  const thrown: unknown = await request.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof HttpError) return thrown;
  throw new Error(`expected an HttpError, got ${String(thrown)}`);
}

describe("a request that fails", () => {
  it.each([
    [refusal(409, "Stop it first."), "Stop it first."],
    [
      new HttpResponse("<html>", { status: 502 }),
      "The backend does not answer. Try again once the backend runs.",
    ],
    [
      new HttpResponse(null, { status: 500 }),
      "The backend failed (HTTP 500). The backend's log says more.",
    ],
    [new HttpResponse(null, { status: 404 }), "This no longer exists. Reload the page."],
    [HttpResponse.json({ error: 7 }, { status: 418 }), "The backend refused (HTTP 418)."],
  ])("says what to do: %#", async (answer, message) => {
    server.use(http.get("/api/projects", () => answer));
    const error = await failureOf(api.projects());
    expect(error.message).toBe(message);
    expect(error.status).toBe(answer.status);
  });

  it("without any answer has no status", async () => {
    server.use(http.get("/api/projects", () => HttpResponse.error()));
    expect((await failureOf(api.projects())).status).toBeUndefined();
  });

  it("says that the answer broke off, whatever the browser calls that", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"projects":['));
        controller.error(new TypeError("Load failed"));
      },
    });
    server.use(http.get("/api/projects", () => new HttpResponse(body)));
    const error = await failureOf(api.projects());
    expect(error.message).toBe("The backend's answer broke off. Try again.");
  });

  it("shows no control characters of the backend's", async () => {
    server.use(http.get("/api/projects", () => refusal(400, "a\u202eb\nc")));
    expect((await failureOf(api.projects())).message).toBe("a b c");
  });

  it("names the field of an answer that does not fit", async () => {
    server.use(http.post("/api/projects/shop/run", () => HttpResponse.json({ run: { id: "r1" } })));
    const error = await failureOf(api.startRun("shop"));
    expect(error.message).toContain("run.status");
  });
});

describe("an id", () => {
  it("of half a character fails nothing", async () => {
    const asked: string[] = [];
    server.use(
      http.post("/api/runs/:id/stop", ({ request }) => {
        asked.push(new URL(request.url).pathname);
        return HttpResponse.json({ run: { ...wireRun, status: "stopped" } });
      }),
    );
    await api.stopRun("a\ud800b");
    expect(asked).toEqual(["/api/runs/a%EF%BF%BDb/stop"]);
    expect(projectPath("a\ud800b")).toBe("/projects/a%EF%BF%BDb");
  });

  it("is one part of the address, whatever it holds", async () => {
    const asked: string[] = [];
    server.use(
      http.post("/api/runs/:id/stop", ({ request }) => {
        asked.push(new URL(request.url).pathname);
        return HttpResponse.json({ run: { ...wireRun, status: "stopped" } });
      }),
    );
    const { job } = await api.stopRun("a/b?c");
    expect(asked).toEqual(["/api/runs/a%2Fb%3Fc/stop"]);
    expect(job).toMatchObject({ kind: "run", id: "r1", status: "stopped" });
  });
});
