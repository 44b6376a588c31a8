import { beforeAll, describe, expect, it } from "vitest";
import { signIn } from "../../support/console/page.ts";
import { serveTabs } from "../../support/tabs/console.ts";
import type { ConsoleTab } from "../../support/tabs/page.ts";

const served = serveTabs();
let back: ConsoleTab;
let front: ConsoleTab;

// The tab at the back is hidden until a test brings it to the front.
beforeAll(async () => {
  back = await served.open();
  front = await served.open();
});

/** Waits until the header names this person, as the one that the page belongs to. */
function shows({ page }: ConsoleTab, login: string): Promise<void> {
  return page.getByRole("banner").getByTitle(login, { exact: true }).waitFor();
}

const alertOf = ({ page }: ConsoleTab) => page.getByRole("alert").textContent();

describe("two tabs of one browser", () => {
  it("are both of the one who is signed in, as soon as one of them comes into view", async () => {
    await shows(back, "ada");
    // No tab of the console hears of it.
    await front.page.evaluate(logInPast, "bob");
    await back.page.bringToFront();
    await shows(back, "bob");
    expect(await alertOf(back)).toContain("You are signed in as bob now, no longer as ada");
    await shows(front, "bob");
    await served.untilStreams(1);
  });

  it("are left and entered together, also by the one that is hidden", async () => {
    await front.page.bringToFront();
    await front.page.getByRole("button", { name: "Sign out" }).click();
    await back.page.getByLabel("Your name").waitFor();
    expect(await back.visibility()).toBe("hidden");
    expect(await alertOf(back)).toContain("Your session has ended");
    await served.untilStreams(0);

    await signIn(front.page, "carol");
    await shows(back, "carol");
    expect(await back.visibility()).toBe("hidden");
    expect(await alertOf(back)).toContain("You are signed in as carol now, no longer as bob");
    expect(await front.page.getByRole("alert").count()).toBe(0);
    await served.untilStreams(1);
  });
});

/** Runs in the page: has the backend take its cookie for somebody else's, past the console. */
async function logInPast(login: string): Promise<void> {
  await fetch("/api/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login }),
  });
}
