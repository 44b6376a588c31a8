import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext } from "playwright-core";
import { describe, expect, it } from "vitest";
import { signIn } from "../../support/console/page.ts";
import { observeRequests } from "../../support/pages/observeRequest.ts";
import { serveConsole } from "../../support/console/setup.ts";
import { until } from "../../support/console/waiting.ts";

const running = serveConsole();

const isStreamClosed = async () => (await running.client.counters()).openStreams === 0;

describe("signing out", () => {
  it("closes the stream, stops the poll, and leaves nothing but requests in the header", async () => {
    const { page, button, indicator } = await running.visit();
    await button("Start server", "Alpha").click();
    await indicator.shows("Server running (alpha)");
    expect(await running.client.counters()).toMatchObject({ openStreams: 1 });

    await page.getByRole("button", { name: "Sign out" }).click();
    await indicator.shows("Idle");
    await until(isStreamClosed, "the stream is closed");
    const before = await running.client.counters();
    const requests = observeRequests(page);
    // A name that is refused, so that there is a request and no session.
    const refusal = { status: 400, json: { error: "Give another name." } };
    await page.route("**/api/auth/login", (route) => route.fulfill(refusal), { times: 1 });
    await page.getByLabel("Your name").fill("ada");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Give another name").waitFor();

    // More than two intervals of the poll.
    await sleep(10_500);
    expect(await running.client.counters()).toEqual(before);
    expect(requests).toEqual(["/api/auth/login"]);
    const labels = await indicator.labels();
    expect(labels.slice(labels.indexOf("Signing out"))).toEqual([
      "Signing out",
      "Idle",
      "Signing in",
      "Idle",
    ]);

    await signIn(page);
    await indicator.shows("Server running (alpha)");
  });
});

describe("a session that ends on the server", () => {
  it("leads to the sign-in page by the next poll, whether logged out or without its cookie", async () => {
    await running.client.post("/projects/alpha/run");
    const notices = [logOutElsewhere, loseCookie].map(noticeAfter);
    const notice = "Your session has ended. Sign in again.";
    expect(await Promise.all(notices)).toEqual([notice, notice]);
    await until(isStreamClosed, "the streams are closed");
  });
});

type EndSession = (context: BrowserContext) => Promise<unknown>;

const logOutElsewhere: EndSession = async (context) => {
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`);
  const headers = { cookie: cookies.join("; ") };
  await fetch(`${running.origin}/api/auth/logout`, { method: "POST", headers });
};

const loseCookie: EndSession = (context) => context.clearCookies();

/** Signs in, ends that session behind the page's back, and gives what the page then says. */
async function noticeAfter(end: EndSession): Promise<string | null> {
  const { context, page, indicator } = await running.visit();
  await indicator.shows("Server running (alpha)");
  await end(context);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await indicator.shows("Idle");
  return page.getByRole("alert").textContent();
}
