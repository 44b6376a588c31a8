import { describe, expect, it } from "vitest";
import { setUpIndicator } from "../../support/indicator/setup.ts";
import { inTurn } from "../../support/indicator/turns.ts";
import { build, many, run } from "../../support/jobs/jobs.ts";

const open = setUpIndicator();

describe("the words", () => {
  it("are the host's own where it gives them, on the chip and in the list", async () => {
    const { chip, list, say, request, openList } = await open({ query: "german" });
    const name = () => chip.getAttribute("aria-label");
    expect([await chip.innerText(), await name()]).toEqual(["Nichts los", "Nichts los"]);
    await request("Abgleich");
    await say(build("1", "running"), build("2", "running"), build("3", "pending"));
    await say(build("2", "failed", { error: "tsc" }));
    expect(await name()).toBe("1 misslungen. 3 im Gange: shop wird gebaut");
    await openList();
    const texts = await list.evaluate((element) =>
      [...element.querySelectorAll("*")]
        .filter((part) => part.childElementCount === 0 && part.textContent !== "")
        .map((part) => part.textContent?.trim().replaceAll(/\d+:\d\d|\d+ Sek\./g, "#")),
    );
    expect(texts.join(" | ")).toBe(
      "Vorgänge | Braucht dich | Bau von shop | misslungen jetzt | misslungen, nach #, jetzt | tsc" +
        " | Jetzt | 2 | Bau von shop | läuft | läuft, seit # | # | Anhalten" +
        " | Abgleich | unterwegs, seit # | #" +
        " | Wartend | 1 | Bau von shop | als Nächstes | läuft, als Nächstes, seit # | # | Anhalten" +
        " | Nicht verbunden",
    );
    expect(await list.getAttribute("aria-label")).toBe("Vorgänge");
  });

  it("are the host's own in the title and for a screen reader", async () => {
    const { page, say, setVisible, connect } = await open({ query: "german", holdsTime: true });
    await connect();
    await page.clock.runFor(3_000);
    await setVisible(false);
    await say(build("1", "running"));
    expect(await page.title()).toBe("shop wird gebaut · The page");
    await setVisible(true);
    await page.clock.runFor(3_000);
    expect(await page.locator(".active-indicator-announcements").textContent()).toBe(
      "Bau von shop beginnt.",
    );
  });
});

describe("the chip's accessible name", () => {
  it("contains its label in one piece, and all else that is seen, in every state", async () => {
    const { page, chip, say, request, connect } = await open({ holdsTime: true });
    const look = async () => ({
      seen: (await chip.innerText()).replaceAll(/\s+/g, " "),
      label: await chip.locator(".active-indicator-label").innerText(),
      name: (await chip.getAttribute("aria-label")) ?? "",
    });
    const steps = [
      () => Promise.resolve(),
      () => request("Triggering build • shop"),
      () => say(build("1", "running")),
      () => say(...many(11, (n) => run(`${n}`, "running"))),
      () => say(build("1", "failed")),
      async () => {
        await connect("lost");
        await page.clock.runFor(6_000);
      },
    ];
    const looks = await inTurn(steps, async (step) => {
      await step();
      return look();
    });
    expect(looks.at(-1)?.seen).toBe("Server running (shop) last known +11 1 failed");
    for (const { name, label } of looks) expect(name).toContain(label);
    expect(looks.map(({ name }) => name)).toEqual([
      "Idle",
      "Triggering build • shop",
      "Building (shop). 2 actions in progress",
      "Server running (shop). 13 actions in progress",
      "1 failed. Server running (shop). 12 actions in progress",
      "1 failed. Server running (shop), last known. 12 actions in progress",
    ]);
  });
});

describe("the title of the page", () => {
  it("has the state before it while the tab is hidden, and not when it is seen", async () => {
    const { page, say, setVisible } = await open({ holdsTime: true });
    await say(build("1", "running"));
    expect(await page.title()).toBe("The page");
    await setVisible(false);
    expect(await page.title()).toBe("Building (shop) · The page");
    await say(build("1", "succeeded"));
    expect(await page.title()).toBe("The page");
    await say(run("2", "running"));
    expect(await page.title()).toBe("Server running (shop) · The page");
    await setVisible(true);
    expect(await page.title()).toBe("The page");
  });
});
