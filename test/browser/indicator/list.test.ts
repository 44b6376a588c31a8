import { describe, expect, it } from "vitest";
import { openBusy } from "../../support/indicator/busy.ts";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, many } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

describe("the list opens", () => {
  it.each(["Enter", "Space"])("by %s, and Esc gives the focus back to the chip", async (key) => {
    const { page, list, focused } = await openBusy(open);
    await inTurn(["Tab", "Tab"], (tab) => page.keyboard.press(tab));
    expect(await focused()).toBe("the chip");
    await page.keyboard.press(key);
    await list.waitFor();
    // So that a screen reader says what has opened.
    expect(await focused()).toBe("Activity");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Build · shop");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "hidden" });
    expect(await focused()).toBe("the chip");
  });

  it("by a click, and a second one or one beside it closes it", async () => {
    const { page, chip, list, openList } = await openBusy(open);
    await openList();
    await chip.click();
    await list.waitFor({ state: "hidden" });
    await openList();
    await page.mouse.click(10, 700);
    await list.waitFor({ state: "hidden" });
    expect(await list.isVisible()).toBe(false);
  });

  it("and holds nothing but its name while it is closed", async () => {
    const { page, chip, list, openList } = await openBusy(open);
    expect(await list.innerText()).toBe("Activity");
    await openList();
    await chip.click();
    await list.waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.querySelector(".active-indicator-rows") === null);
  });
});

describe("the keyboard", () => {
  it("walks the rows with Tab, one control after the other, and back", async () => {
    const { page, chip, list, focused } = await openBusy(open);
    await chip.focus();
    await page.keyboard.press("Enter");
    await list.waitFor();
    const walked = await inTurn(many(8, String), async () => {
      await page.keyboard.press("Tab");
      return focused();
    });
    expect(walked).toEqual([
      "Build · shop",
      "Dismiss Build · shop",
      "Build · shop",
      "Stop Build · shop",
      "Server · docs",
      "Stop Server · docs",
      "Build · docs",
      "Stop Build · docs",
    ]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toBe("Stop Server · docs");
  });

  it("goes on behind the list with Tab, which closes it, so that it hides nothing", async () => {
    const { page, chip, list, say, control, focused } = await open();
    await say(build("1", "running"), build("1", "failed"));
    await chip.focus();
    await page.keyboard.press("Enter");
    await control("Dismiss Build · shop").focus();
    await page.keyboard.press("Tab");
    await list.waitFor({ state: "hidden" });
    expect(await focused()).toBe("After");
  });

  it("closes the list also where the focus was nowhere before it goes on, as a screen reader's", async () => {
    const { page, list, openList, focused } = await openBusy(open);
    await openList();
    await page.locator(":focus").blur();
    expect(await focused()).toBe("nothing");
    expect(await list.isVisible()).toBe(true);
    await page.getByRole("button", { name: "After" }).focus();
    await list.waitFor({ state: "hidden" });
    expect(await focused()).toBe("After");
  });

  it("goes back to the chip with Shift+Tab, and the list stays", async () => {
    const { page, chip, list, say, focused } = await open();
    await say(build("1", "running"));
    await chip.focus();
    await page.keyboard.press("Enter");
    await list.waitFor();
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toBe("the chip");
    expect(await list.isVisible()).toBe(true);
  });

  it("reaches the end of a long list that has nothing to press", async () => {
    const { page, chip, list, rows, say } = await open({ query: "plain" });
    await say(...many(40, (n) => build(`${n}`, "running")));
    await chip.focus();
    await page.keyboard.press("Enter");
    await list.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("End");
    await expect
      .poll(() =>
        rows()
          .last()
          .evaluate((row) => row.getBoundingClientRect().bottom),
      )
      .toBeLessThan(800);
  });
});

describe("an open list", () => {
  it("stays open when it empties, and says so", async () => {
    const { page, list, say, rows, control, openList } = await open();
    await say(build("1", "running"));
    await openList();
    await say(build("1", "succeeded"));
    await control("Clear").waitFor();
    // A control that has just come takes no click yet.
    await page.waitForTimeout(700);
    await control("Clear").click();
    expect(await rows().count()).toBe(0);
    expect(await list.isVisible()).toBe(true);
    await list.getByText("Nothing is running").waitFor();
  });

  it("says how far it can be believed where that is not all the way", async () => {
    const { page, list, connect, openList } = await open({ holdsTime: true });
    await openList();
    await list.getByText("Sign in to see what runs on the server").waitFor();
    await connect("connecting");
    await list.getByText("Not known yet what is running.").waitFor();
    await connect("live");
    await list.getByText("Nothing is running").waitFor();
    expect((await list.innerText()).replaceAll(/\s+/g, " ")).toBe(
      "Activity Nothing is running What runs shows here.",
    );
    await connect("lost");
    await page.clock.runFor(6_000);
    expect(await list.locator('[data-part="notice"]').innerText()).toMatch(
      /^Last known, from \d\d:\d\d\. Reconnecting…\s+Retry now$/,
    );
  });

  it.each([1, 40])("of %i rows keeps the wheel to itself", async (count) => {
    const { page, list, say, openList } = await open();
    await say(...many(count, (n) => build(`${n}`, "running")));
    await openList();
    const places = ["p", "h3", "[role=listitem], li"];
    await inTurn([...places, ...places], async (place) => {
      await list.locator(place).last().hover();
      await page.mouse.wheel(0, 5_000);
      await page.waitForTimeout(150);
    });
    expect(await page.evaluate(() => scrollY)).toBe(0);
    // What is beside it scrolls as ever.
    await page.mouse.move(10, 700);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(() => scrollY > 0);
  });

  it.each(["PageDown", "End", "Space", "ArrowDown"])("keeps %s to itself", async (key) => {
    const { page, say, openList } = await open();
    await say(build("1", "running"));
    await openList();
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it("closes by a click in a frame of the page, which keeps the focus", async () => {
    const { page, list, say, openList, focused } = await open();
    await say(build("1", "running"));
    await page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.ariaLabel = "A frame";
      frame.style.cssText = "position: fixed; inset: 300px auto auto 20px";
      frame.srcdoc = "<p>Text</p>";
      document.body.append(frame);
    });
    await page.frameLocator("iframe").getByText("Text").waitFor();
    await openList();
    await page.frameLocator("iframe").getByText("Text").click();
    await list.waitFor({ state: "hidden" });
    expect(await focused()).toBe("A frame");
  });

  it("stays where the window is left for another one", async () => {
    const { page, list, openList } = await open();
    await openList();
    await page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await page.waitForTimeout(100);
    expect(await list.isVisible()).toBe(true);
  });
});
