import { describe, expect, it } from "vitest";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";
import { run } from "../../support/jobs/jobs.ts";
import { runJob } from "../../support/sync/wire.ts";

/** Two tabs with a server running; the first one leads, and goes into the back/forward cache. */
async function leave() {
  const browser = createFakeBrowser();
  const cached = await browser.open();
  const other = await browser.open();
  cached.answer({ runs: [runJob("r1", "running")] });
  await browser.settle();
  cached.leave();
  await browser.settle();
  return { browser, cached, other };
}

describe("a page that goes into the back/forward cache", () => {
  it("gives back its lock and closes its channel and its stream", async () => {
    const { browser, cached, other } = await leave();
    expect(Object.values(browser.locks.holders())).toEqual([other.name]);
    expect(browser.locks.waiting()).toEqual([]);
    expect(Object.keys(browser.channels.names())).toEqual([other.name]);
    expect(cached.environment.open()).toMatchObject({ timers: 0, requests: 0, sources: 0 });
  });

  it("leaves the lead to the next one", async () => {
    const { browser, other } = await leave();
    expect(browser.leaders().map(({ name }) => name)).toEqual([other.name]);
  });

  it("keeps its jobs, as last known, and takes no word for them", async () => {
    const { browser, cached, other } = await leave();
    other.answer();
    await browser.settle();
    expect(cached.active()).toEqual(["Server running (shop)"]);
  });
});

describe("a page that comes back out of it", () => {
  it("follows whoever leads now, with the whole picture", async () => {
    const { browser, cached, other } = await leave();
    other.answer({ runs: [runJob("r2", "running", { projectId: "blog" })] });
    await browser.advance(600_000);
    other.sync.refresh();
    await browser.settle();
    other.environment.request().respond({ builds: [] });
    cached.restore();
    await browser.settle();
    expect(cached.isLeading()).toBe(false);
    expect(cached.active()).toEqual(["Server running (blog)"]);
    expect(cached.connection()).toEqual(other.connection());
    expect(browser.locks.waiting()).toEqual([cached.name]);
  });

  it("claims nothing to be live before it has heard from anybody", async () => {
    const { browser, cached, other } = await leave();
    other.answer();
    await browser.settle();
    other.freeze();
    cached.restore();
    await browser.settle();
    expect(cached.connection()).toEqual({ runs: "connecting", builds: "connecting" });
  });

  it("takes the lead from a hidden one", async () => {
    const { browser, cached, other } = await leave();
    other.answer();
    other.hide();
    await browser.settle();
    cached.restore();
    await browser.settle();
    expect(browser.leaders().map(({ name }) => name)).toEqual([cached.name]);
  });

  it("leads again if nobody else is there", async () => {
    const browser = createFakeBrowser();
    const only = await browser.open();
    only.answer({ runs: [runJob("r1", "running")] });
    await browser.settle();
    only.leave();
    only.restore();
    await browser.settle();
    expect(only.isLeading()).toBe(true);
    expect(only.connection()).toEqual({ runs: "connecting", builds: "connecting" });
    only.answer();
    await browser.settle();
    expect(only.labels).toEqual(["Idle", "Checking…", "Server running (shop)", "Idle"]);
    expect(only.connection()).toEqual({ runs: "live", builds: "live" });
  });

  it("does not ask again for what was asked before it left", async () => {
    const browser = createFakeBrowser();
    const first = await browser.open();
    const cached = await browser.open();
    await browser.open();
    first.answer();
    await browser.settle();
    first.freeze();
    cached.store.getState().applyJobHint(run("r9", "pending"));
    await browser.settle();
    cached.leave();
    first.crash();
    await browser.settle();
    cached.restore();
    await browser.settle();
    const hints = browser.channels.said().filter(({ type }) => type === "hint");
    expect(hints).toHaveLength(1);
  });

  it("stays away after a stop", async () => {
    const { browser, cached, other } = await leave();
    cached.sync.stop();
    cached.restore();
    await browser.settle();
    expect(Object.keys(browser.channels.names())).toEqual([other.name]);
    expect(cached.connection()).toEqual({ runs: "off", builds: "off" });
  });
});
