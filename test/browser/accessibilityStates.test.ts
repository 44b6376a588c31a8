// The page of states: that it shows them all to anybody, and what axe-core says of them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "../support/indicator/axe.ts";
import { readContrasts, tooFaint } from "../support/indicator/contrast.ts";
import { inTurn } from "../support/indicator/turns.ts";
import { setUpChromium } from "../support/chromium/shared.ts";
import { openStates, type StatesPage } from "../support/pages/statesPage.ts";

const browser = setUpChromium();
let states: StatesPage;

beforeAll(async () => {
  states = await openStates(browser());
});
afterAll(() => states.close());

const chips = [
  ["Idle", "Idle"],
  ["A request", /^Triggering build • storefront( \d:\d\d)?$/],
  ["Queued", "Build queued…"],
  ["Building", /^Building \(storefront\) 0:[45]\d$/],
  ["With progress", "Deploying (storefront) 62%"],
  ["Longer than usual", /^Building \(docs-site\) 4:1\d$/],
  ["Building, and two more", "Building (storefront) +2"],
  ["A server is running", "Server running (storefront)"],
  ["A server, while another builds", "Server running (docs-site) +1"],
  ["A job of the host's own", /^Deploying shop to staging( \d:\d\d)?$/],
  ["A server is stopping", "Stopping server…"],
  ["A long name, and eleven more", "Building (a-project-with-a-very-long-name) +11"],
  ["Waiting for you", "Waiting for you (shop) +1"],
  ["Building, one waiting", "Building (storefront) +1 1 waiting"],
  ["Idle, one failed", "Idle 1 failed"],
  ["Building, one failed", /^Building \(storefront\) 0:[45]\d 1 failed$/],
  ["Before the first answer", "Checking…"],
  ["Last known", "Server running (storefront) last known"],
  ["All at once", "Building (a-project-with-a-very-long-name) last known +11 1 failed"],
] as const;
const schemes = ["light", "dark"] as const;

describe("the page of states", () => {
  it.each(schemes)("shows every state of the chip in the %s scheme", async (scheme) => {
    const shown = await inTurn(chips, async ([title]) => {
      const chip = states.swatch(title, scheme).locator(".active-indicator-chip");
      return (await chip.first().innerText()).replaceAll(/\s+/g, " ");
    });
    const isAsGiven = chips.map(([, text], n) =>
      typeof text === "string" ? text === shown[n] : text.test(shown[n] ?? ""),
    );
    expect(shown.filter((_, n) => !isAsGiven[n])).toEqual([]);
  });

  it.each(schemes)("shows the list full and empty in the %s scheme", async (scheme) => {
    const sections = states.swatch("Every section", scheme).getByRole("group");
    expect(await sections.count()).toBe(4);
    expect(await states.swatch("Nothing", scheme).innerText()).toContain("Nothing is running");
    const refusing = states.swatch("A server that cannot be stopped", scheme);
    expect(await refusing.innerText()).toContain("Could not stop: it is being deployed");
    const unknown = await states.swatch("Not known yet", scheme).innerText();
    expect(unknown).toContain("Not known yet what is running.");
    expect(await states.swatch("Signed out", scheme).innerText()).toContain("Sign in to see");
  });
});

it.each(schemes)("a swatch has its own scheme in a browser that has the %s one", async (scheme) => {
  await states.page.emulateMedia({ colorScheme: scheme });
  const backgrounds = await inTurn(schemes, (own) =>
    states.swatch("Idle", own).evaluate((element) => getComputedStyle(element).backgroundColor),
  );
  expect(backgrounds).toEqual(["rgb(255, 255, 255)", "rgb(24, 27, 33)"]);
});

it.each([1280, 360])("axe finds nothing at %i px, and all of it fits", async (width) => {
  await states.page.setViewportSize({ width, height: 800 });
  expect(await states.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(await findViolations(states.page)).toEqual([]);
});

it("every text of every state has a contrast of 4.5 at least, and every sign 3, in both schemes", async () => {
  const contrasts = await readContrasts(states.page);
  const signs = new Set(contrasts.filter(({ isSign }) => isSign).map(({ what }) => what));
  expect([...signs].toSorted()).toEqual([
    "failed",
    "idle",
    "lost",
    "progress",
    "queued",
    "steady",
    "stopped",
    "succeeded",
    "waiting",
    "working",
  ]);
  expect(contrasts.length).toBeGreaterThan(400);
  expect(tooFaint(contrasts)).toEqual([]);
});

it.each(schemes)(
  "so has what the pointer is on, and its buttons, in the %s scheme",
  async (scheme) => {
    await states.page.setViewportSize({ width: 1280, height: 800 });
    const swatch = states.swatch("Every section", scheme);
    const hovered = [
      ...(await swatch.getByRole("listitem").all()),
      ...(await swatch.getByRole("button").all()),
    ];
    const faint = await inTurn(hovered, async (part) => {
      await part.hover();
      return tooFaint(await readContrasts(states.page));
    });
    expect(hovered.length).toBeGreaterThan(12);
    expect(faint.flat()).toEqual([]);
  },
);

describe.each(schemes)("axe finds nothing in the list that the %s chip opens", (scheme) => {
  it.each(["Idle", "A long name, and eleven more", "Idle, one failed"])("%s", async (title) => {
    await states.swatch(title, scheme).locator(".active-indicator-chip").click();
    expect(await findViolations(states.page, "[popover]:popover-open")).toEqual([]);
    await states.page.keyboard.press("Escape");
  });
});
