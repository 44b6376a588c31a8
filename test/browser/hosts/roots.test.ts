// The indicator where a host's script and its page are not one: in a shadow tree, in another window.
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveHostPage } from "../../support/pages/hostPage.ts";
import { type IndicatorPage, indicatorPageOf } from "../../support/indicator/page.ts";
import { build, run } from "../../support/jobs/jobs.ts";
import { setUpChromium } from "../../support/chromium/shared.ts";
import type { PageServer } from "../../support/pages/servePage.ts";

/** A host's script that has the indicator where `place` makes a place for it. */
const scriptFor = (place: string) => `
  import { activityStore } from "active-indicator";
  import { ActiveActionIndicator } from "active-indicator/react";
  import "active-indicator/style.css";
  import { createPortal } from "react-dom";
  import { createRoot } from "react-dom/client";
  import { drive } from "test/drive";

  window.indicatorDrive = () => drive(activityStore);
  window.stopped = [];
  const stop = ({ key }) => void window.stopped.push(key);
  const indicator = <ActiveActionIndicator jobHref={({ id }) => "#" + id} onStopJob={stop} />;

  const between = '<button>Before</button><div id="place"></div><button>After</button>';
  const styles = () =>
    [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.cloneNode());
  const root = document.getElementById("root");
  ${place}
`;

const shadow = `
  document.body.innerHTML = between;
  const inside = document.getElementById("place").attachShadow({ mode: "open" });
  const container = document.createElement("div");
  inside.append(...styles(), container);
  createRoot(container).render(indicator);
`;

const shadowPage = `
  const inside = root.attachShadow({ mode: "open" });
  inside.innerHTML = between;
  inside.append(...styles());
  createRoot(inside.getElementById("place")).render(indicator);
`;

const otherWindow = `
  const other = window.open("about:blank", "", "width=600,height=500");
  other.document.body.innerHTML = between;
  other.document.head.append(...styles());
  createRoot(root).render(createPortal(indicator, other.document.getElementById("place")));
`;

const browser = setUpChromium();
let inShadow: PageServer;
let inShadowPage: PageServer;
let inWindow: PageServer;

beforeAll(async () => {
  [inShadow, inShadowPage, inWindow] = await Promise.all([
    serveHostPage([{ script: scriptFor(shadow) }]),
    serveHostPage([{ script: scriptFor(shadowPage) }]),
    serveHostPage([{ script: scriptFor(otherWindow) }]),
  ]);
});
afterAll(() => {
  for (const server of [inShadow, inShadowPage, inWindow]) server.close();
});

const ways: ReadonlyArray<[where: string, open: () => Promise<{ script: Page; page: Page }>]> = [
  [
    "a shadow tree",
    async () => {
      const page = await browser().newPage();
      await page.goto(inShadow.origin);
      return { script: page, page };
    },
  ],
  [
    "a shadow tree that holds all of the page",
    async () => {
      const page = await browser().newPage();
      await page.goto(inShadowPage.origin);
      return { script: page, page };
    },
  ],
  [
    "another window",
    async () => {
      const script = await browser().newPage();
      const [page] = await Promise.all([
        script.waitForEvent("popup"),
        script.goto(inWindow.origin),
      ]);
      return { script, page };
    },
  ],
];

// In a shadow tree, too, of which its page knows no more than that the focus is in it.
function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((found) => found.matches(":focus"));
}

describe.each(ways)("in %s", (_, open) => {
  let script: Page;
  let indicator: IndicatorPage;

  beforeEach(async () => {
    const opened = await open();
    script = opened.script;
    indicator = indicatorPageOf(opened.page);
    await indicator.chip.waitFor();
    await indicatorPageOf(script).say(
      run("1", "running", { projectId: "docs" }),
      run("2", "running", { projectId: "api" }),
    );
    await indicator.chip.focus();
    await indicator.page.keyboard.press("Enter");
    await indicator.control("Stop Server · docs").waitFor();
    return () => script.context().close();
  });

  it("Tab goes on behind the list, which closes", async () => {
    const { page, list, control } = indicator;
    await control("Stop Server · docs").focus();
    await page.keyboard.press("Tab");
    await list.waitFor({ state: "hidden" });
    expect(await hasFocus(page.getByRole("button", { name: "After" }))).toBe(true);
  });

  it("the focus is kept when its row goes, and not taken from who has gone elsewhere", async () => {
    const { page, list, control } = indicator;
    const { say } = indicatorPageOf(script);
    await control("Stop Server · api").focus();
    await say(run("2", "stopping", { projectId: "api" }));
    await page.locator("li:focus").waitFor();
    await page.getByRole("button", { name: "Before" }).focus();
    await list.waitFor({ state: "hidden" });
    await say(run("2", "stopped", { projectId: "api" }), build("1", "running"));
    await page.waitForTimeout(100);
    expect(await hasFocus(page.getByRole("button", { name: "Before" }))).toBe(true);
  });

  it("Esc gives the focus back to the chip", async () => {
    const { page, chip, list, control } = indicator;
    await control("Stop Server · api").focus();
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    expect(await hasFocus(chip)).toBe(true);
  });

  it("a double click on Stop asks once", async () => {
    await indicator.page.waitForTimeout(700);
    await indicator.control("Stop Server · api").dblclick();
    expect(await script.evaluate(() => window.stopped)).toEqual(["run:2"]);
  });
});
