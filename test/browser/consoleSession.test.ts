import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext } from "playwright-core";
import { describe, expect, it } from "vitest";
import { signIn } from "../support/consolePage.ts";
import { useConsole } from "../support/consoleSetup.ts";
import { until } from "../support/consoleWaiting.ts";

const running = useConsole();

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
    // The backend takes no empty name, so there is a request and no session.
    await page.getByLabel("Your name").fill(" ");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Give a name").waitFor();

    // More than two intervals of the poll.
    await sleep(10_500);
    expect(await running.client.counters()).toEqual(before);
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
  const logOutElsewhere = async (context: BrowserContext) => {
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`);
    const headers = { cookie: cookies.join("; ") };
    await fetch(`${running.origin}/api/auth/logout`, { method: "POST", headers });
  };
  const loseCookie = (context: BrowserContext) => context.clearCookies();

  async function expectEnd(end: (context: BrowserContext) => Promise<void>): Promise<void> {
    const { context, page, indicator } = await running.visit();
    await indicator.shows("Server running (alpha)");
    await end(context);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("alert").getByText("Your session has ended. Sign in again.").waitFor();
    await indicator.shows("Idle");
  }

  it("leads to the sign-in page by the next poll, whether logged out or without its cookie", async () => {
    await running.client.post("/projects/alpha/run");
    await Promise.all([expectEnd(logOutElsewhere), expectEnd(loseCookie)]);
    await until(isStreamClosed, "the streams are closed");
  });
});
