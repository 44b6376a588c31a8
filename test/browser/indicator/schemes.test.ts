// The list where colours are the user's own, where it reads from right to left, and to a screen reader.
import { describe, expect, it } from "vitest";
import { findViolations } from "../../support/indicator/axe.ts";
import { ago } from "../../support/indicator/busy.ts";
import { boxOf, type IndicatorPage } from "../../support/indicator/page.ts";
import {
  heldTime,
  type IndicatorPageOptions,
  setUpIndicator,
} from "../../support/indicator/setup.ts";
import { build, deploy, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

/** An open list with every section and every kind of row, last known. */
async function openAll(options: IndicatorPageOptions = {}): Promise<IndicatorPage> {
  const indicator = await open({ holdsTime: true, query: "retry", ...options });
  const { page, say, connect, request, openList } = indicator;
  const end = { ...ago(90), finishedAt: heldTime };
  await connect();
  await indicator.setServerClock(0);
  await say(...["1", "2", "3"].map((id) => build(id, "running", ago(90))));
  await say(...["1", "2", "3"].map((id) => build(id, "succeeded", end)));
  const failed = { ...end, projectId: "api", error: "a reason ".repeat(30) };
  await say(build("4", "running", { projectId: "api" }), build("4", "failed", failed));
  await say(deploy("5", "review", { ...ago(130), message: "Approve the release to go on." }));
  await say(deploy("6", "running", { ...ago(42), title: "docs", progress: 0.62 }));
  await say(run("7", "running", { ...ago(7_807), projectId: "docs" }));
  await say(...many(8, (n) => build(`q${n}`, "pending", { projectId: `q${n}` })));
  await request("Scanning assets");
  await connect("lost");
  await page.clock.runFor(6_500);
  await openList();
  return indicator;
}

it.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["in forced colours", { forcedColors: "active" }],
  ["of 360 px for fingers", { isTouch: true, width: 360, height: 740 }],
] as const)("axe finds nothing in an open list that has everything, %s", async (_, options) => {
  const { page, list, control } = await openAll(options);
  await control("Show all").waitFor();
  expect(await list.getByRole("group").count()).toBe(4);
  expect(await list.getByText("×3").count()).toBe(1);
  // It waits by timers of the page.
  await page.clock.resume();
  const found = await findViolations(page, ".active-indicator");
  // It takes a link to this page, scrolled out of a small window, for one past a page's header.
  expect(found.filter((each) => !each.startsWith("skip-link"))).toEqual([]);
});

describe.each(["light", "dark"] as const)("in forced colours, %s,", (colorScheme) => {
  it("what waits, what has failed and how far something is can be told apart", async () => {
    const { rows } = await openAll({ forcedColors: "active", colorScheme });
    const signOf = (hasText: string) =>
      rows()
        .filter({ hasText })
        .locator(".active-indicator-sign svg")
        .evaluate((svg) => {
          const knock = svg.querySelector(".active-indicator-knock");
          const own = getComputedStyle(svg).color;
          return {
            shape: svg.innerHTML,
            isCutOut: !knock || getComputedStyle(knock).stroke !== own,
          };
        });
    const signs = [await signOf("Deploy · shop"), await signOf("Build · api")];
    expect(new Set(signs.map(({ shape }) => shape)).size).toBe(2);
    expect(signs.map(({ isCutOut }) => isCutOut)).toEqual([true, true]);
    const bar = await rows()
      .locator(".active-indicator-bar")
      .evaluate((element) => {
        const [done] = element.children;
        if (!done) throw new Error("Nothing is done.");
        const own = getComputedStyle(element);
        return {
          border: own.borderTopStyle,
          isSeen: getComputedStyle(done).backgroundColor !== own.backgroundColor,
          height: done.clientHeight,
          share: Math.round((done.clientWidth / element.clientWidth) * 100),
        };
      });
    expect(bar).toEqual({ border: "solid", isSeen: true, height: 3, share: 62 });
  });
});

it("from right to left a row begins with its sign and ends with its buttons", async () => {
  const { rows, control } = await openAll({ direction: "rtl" });
  const row = rows().filter({ hasText: "Server · docs" });
  const [box, stop] = [await boxOf(row), await boxOf(control("Stop Server · docs"))];
  const [sign, words] = [
    await boxOf(row.locator(".active-indicator-sign")),
    await boxOf(row.getByRole("link")),
  ];
  expect(box.right - sign.right).toBeLessThan(12);
  expect(words.right).toBeLessThan(sign.left);
  expect(stop.right).toBeLessThan(words.left);
  expect(stop.left - box.left).toBeLessThan(8);
  const bar = await boxOf(rows().locator(".active-indicator-bar > i"));
  const whole = await boxOf(rows().locator(".active-indicator-bar"));
  expect(bar.right).toBeCloseTo(whole.right, 0);
});

it("Esc with the focus nowhere gives it to the chip", async () => {
  const { page, list, say, openList, focused } = await open();
  await say(build("1", "running"));
  await openList();
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  expect(await focused()).toBe("nothing");
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  await expect.poll(focused).toBe("the chip");
});

it("a link is described by how its job stands, and a row is named without its buttons", async () => {
  const { page } = await openAll();
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const textsOf = (role: string) =>
    nodes
      .filter((node) => node.role?.value === role)
      .map(({ name, description }) => [name?.value, description?.value].filter(Boolean).join(": "));
  expect(textsOf("link")).toEqual(
    expect.arrayContaining([
      "Build · api: failed, after 1 min 30 s, just now",
      "Server · docs: running, for 2 h 10 min, last known",
    ]),
  );
  expect(textsOf("listitem")).toEqual(
    expect.arrayContaining([
      "Build · api failed, after 1 min 30 s, just now",
      "Build · shop succeeded, in 1 min 30 s, just now, 3 times",
    ]),
  );
});
