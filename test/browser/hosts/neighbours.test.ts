// The indicator on pages that others write to as well: another copy of it, a translation, a script
// that has a count in the title.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ActivityState, ActivityStore } from "../../../src/store/activityStore.ts";
import type { Driven } from "../../support/jobs/drive.ts";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import { type IndicatorPage, indicatorPageOf } from "../../support/indicator/page.ts";
import { heldTime } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";
import type { PageServer } from "../../support/pages/servePage.ts";

declare global {
  interface Window {
    /** The stores of the page's copies of the library, by the ids of their roots. */
    hostStores: Record<string, ActivityStore>;
    /** The verbs by which sync writes into each of them. */
    hostDrives: Record<string, () => Driven & ActivityState>;
  }
}

/** A host's script that has the indicator in the element of this id. */
const scriptFor = (id: string) => `
  import { activityStore } from "active-indicator";
  import { ActiveActionIndicator, useDocumentTitle } from "active-indicator/react";
  import "active-indicator/style.css";
  import { createRoot } from "react-dom/client";
  import { drive } from "test/drive";

  window.indicatorStore = activityStore;
  window.indicatorDrive = () => drive(activityStore);
  window.hostStores = { ...window.hostStores, ${id}: activityStore };
  window.hostDrives = { ...window.hostDrives, ${id}: window.indicatorDrive };

  function Host() {
    useDocumentTitle();
    return <ActiveActionIndicator jobHref={({ id }) => "#" + id} onStopJob={() => {}} />;
  }

  createRoot(document.getElementById("${id}")).render(<Host />);
`;

// A host's own script, with no thought of the indicator.
const countInTitle = `<script>
  setInterval(() => {
    if (!document.title.startsWith("2. ")) document.title = "2. " + document.title;
  }, 100);
</script>`;

const complaints: string[] = [];
const browser = setUpChromium();
let one: PageServer;
let counting: PageServer;
let two: PageServer;

beforeAll(async () => {
  const bundles = ["left", "right"].map((id) => ({ script: scriptFor(id) }));
  [one, counting, two] = await Promise.all([
    serveHostPage(bundles.slice(0, 1), { body: `<div id="left"></div>` }),
    serveHostPage(bundles.slice(0, 1), { head: countInTitle, body: `<div id="left"></div>` }),
    serveHostPage(bundles, { body: `<div id="left"></div><div id="right"></div>` }),
  ]);
});
// oxlint-disable-next-line vitest/no-standalone-expect -- of each test
afterEach(() => expect(complaints.splice(0)).toEqual([]));
afterAll(() => {
  for (const server of [one, counting, two]) server.close();
});

/** Opens the page of a server, with its time in the test's hands. */
async function open({ origin }: PageServer): Promise<IndicatorPage> {
  const page = await browser().newPage();
  page.on("pageerror", ({ message }) => complaints.push(message));
  // The same on every day, so that no minute ends between two that are compared.
  await page.clock.install({ time: heldTime - 60_000 });
  // The clock holds no transition: how long the rows of a list that closes are there would be by chance.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(origin);
  await page.locator(".active-indicator-chip").last().waitFor();
  await page.clock.pauseAt(heldTime);
  return indicatorPageOf(page);
}

/** Registers a job in the store of each copy, as two that hear of one backend do. */
function register(page: Page, label: string): Promise<void> {
  return page.evaluate((text) => {
    for (const store of Object.values(window.hostStores))
      store.getState().registerBackendJob("deploy:1", text);
  }, label);
}

// Until the browser has told what is in view: whether an end is read goes by that, and not by the clock.
function seeFrame(): Promise<void> {
  return new Promise((resolve) => {
    new IntersectionObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe(document.body);
  });
}

/** What the indicator says in each of its states, `between` which something else may happen. */
async function everyText(between: (page: Page) => Promise<void>): Promise<string[]> {
  const indicator = await open(one);
  const { page, chip, say, request, connect } = indicator;
  const settle: Array<() => Promise<void>> = [];
  const steps: Array<() => Promise<unknown>> = [
    () => chip.click(),
    () => connect("connecting"),
    () => connect("live"),
    async () => settle.push(await request("Scanning")),
    () => say(run("1", "running"), build("1", "pending"), build("2", "running")),
    () => say(build("1", "running"), run("1", "stopping")),
    () => say(build("1", "failed", { error: "tsc" })),
    () => connect("lost"),
    () => page.clock.runFor(60_000),
    () => connect("live"),
    () => page.keyboard.press("Escape"),
    () => say(build("2", "failed"), ...many(3, (n) => run(`more-${n}`, "running"))),
    () => say(...many(3, (n) => run(`more-${n}`, "stopped"))),
    () => chip.click(),
    () => say(run("1", "stopped")),
    () => settle[0]?.() ?? Promise.resolve(),
    () => page.getByText(/^«*Clear»*$/).click(),
    () => connect("off"),
  ];
  const texts = await inTurn(steps, async (step) => {
    await step();
    await page.evaluate(seeFrame);
    await page.clock.runFor(3_000);
    const text = (await page.locator(".active-indicator").textContent()) ?? "";
    await between(page);
    return text.replaceAll(/[«»]/g, "");
  });
  await page.close();
  return texts;
}

describe("two copies of the library, and of React, on one page", () => {
  it("open each its own list, whose sections have their own names", async () => {
    const { page } = await open(two);
    await register(page, "Deploying");
    await page.evaluate(
      (jobs) => window.hostDrives["right"]?.().applyJobUpdates(jobs),
      [build("1", "pending", { projectId: undefined })],
    );
    const list = (id: string) => page.locator(`#${id} .active-indicator-list`);
    await page.locator("#right .active-indicator-chip").click();
    expect([await list("left").isVisible(), await list("right").isVisible()]).toEqual([
      false,
      true,
    ]);
    await list("right").getByRole("group", { name: "Queued" }).waitFor();
    expect(await list("right").getByRole("group").count()).toBe(2);
    await page.keyboard.press("Escape");
    await page.locator("#left .active-indicator-chip").click();
    await list("left").waitFor();
    // It takes its time to close.
    await list("right").waitFor({ state: "hidden" });
    await page.close();
  });

  it("say a fact once, by one that is not hidden", async () => {
    const { page } = await open(two);
    const heard = () => page.locator(".active-indicator-announcements").allTextContents();
    await register(page, "Deploying");
    await page.clock.runFor(5_000);
    expect((await heard()).filter((text) => text !== "")).toEqual(["Deploying started."]);
    await page.evaluate(() => {
      for (const store of Object.values(window.hostStores))
        store.getState().completeBackendJob("deploy:1");
      for (const [index, id] of Object.keys(window.hostStores).entries())
        document.getElementById(id)?.style.setProperty("display", index === 0 ? "none" : "block");
    });
    await page.clock.runFor(5_000);
    const shown = page.locator(".active-indicator-announcements").filter({ visible: true });
    expect(await shown.allTextContents()).toEqual(["Deploying ended."]);
    await page.close();
  });

  it("write once into the title", async () => {
    const { page, setVisible } = await open(two);
    await setVisible(false);
    await register(page, "Deploying");
    expect(await page.title()).toBe("Deploying · The page");
    await register(page, "Deploying it");
    expect(await page.title()).toBe("Deploying it · The page");
    await setVisible(true);
    expect(await page.title()).toBe("The page");
    await page.close();
  });
});

describe("a page translation", () => {
  it("keeps no text as it was: each change shows", async () => {
    const untranslated = await everyText(() => Promise.resolve());
    expect(await everyText((page) => page.evaluate(translate))).toEqual(untranslated);
    expect(new Set(untranslated).size).toBe(untranslated.length);
  });
});

describe("a script that has a count before the title", () => {
  it("keeps it there, once, and the title does not grow", async () => {
    const { page, say, setVisible } = await open(counting);
    const titles: string[] = [];
    for (const id of ["1", "2", "3"]) {
      for (const step of [
        () => setVisible(false),
        () => say(build(id, "pending")),
        () => say(build(id, "running")),
        () => setVisible(true),
        () => say(build(id, "succeeded")),
      ]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
        await step();
        // oxlint-disable-next-line no-await-in-loop -- so that the script looks at it
        await page.clock.runFor(200);
      }
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      titles.push(await page.title());
    }
    expect(titles).toEqual(many(3, () => "2. The page"));
    await setVisible(false);
    await say(build("4", "running"));
    expect(await page.title()).toBe("2. Building (shop) · The page");
    await page.close();
  });
});

// What follows runs in the page, so it can use nothing from around it.

// As Chromium's translation does: it wraps each text, and goes on with the new ones.
function translate(): void {
  const root = document.querySelector(".active-indicator");
  if (!root) return;
  const texts: Node[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentElement?.closest("font") || text.textContent?.trim() === "") continue;
    const translated = document.createElement("template");
    translated.innerHTML = "<font><font></font></font>";
    const inner = translated.content.querySelector("font font");
    if (inner) inner.textContent = `«${text.textContent}»`;
    text.parentNode?.replaceChild(translated.content, text);
  }
}
