import { beforeEach, expect, it } from "vitest";
import { guardClicks } from "../../../src/react.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";

beforeEach(holdTime);

/** A group of buttons, and what was pressed in it. */
function createGroup(...labels: string[]) {
  const group = document.createElement("div");
  const pressed: string[] = [];
  const add = (label: string) => {
    const button = document.createElement("button");
    button.textContent = label;
    button.addEventListener("click", () => pressed.push(button.textContent ?? ""));
    group.append(button);
    return button;
  };
  const buttons = labels.map(add);
  guardClicks(group);
  return { group, add, buttons, pressed };
}

/** Lets what has changed in the document be seen. */
const settle = () => Promise.resolve();

it("a button that was there takes a click at once, and of two within 600 ms the first", () => {
  const { buttons, pressed } = createGroup("Build");
  buttons[0]?.click();
  buttons[0]?.click();
  expect(pressed).toEqual(["Build"]);
  passTime(600);
  buttons[0]?.click();
  expect(pressed).toEqual(["Build", "Build"]);
});

it("a button whose text changes takes none for 600 ms", async () => {
  const { buttons, pressed } = createGroup("Start");
  passTime(1_000);
  const text = buttons[0]?.firstChild;
  if (text) text.nodeValue = "Stop";
  await settle();
  buttons[0]?.click();
  expect(pressed).toEqual([]);
  passTime(600);
  buttons[0]?.click();
  expect(pressed).toEqual(["Stop"]);
});

it("a button that comes takes none for 600 ms, and its neighbours do", async () => {
  const { add, buttons, pressed } = createGroup("Stop");
  const dismiss = add("Dismiss");
  await settle();
  dismiss.click();
  buttons[0]?.click();
  expect(pressed).toEqual(["Stop"]);
});

it("a time that ticks beside a button changes nothing about it", async () => {
  const { group, buttons, pressed } = createGroup("Stop");
  const time = group.appendChild(document.createElement("span"));
  time.textContent = "0:01";
  await settle();
  passTime(1_000);
  if (time.firstChild) time.firstChild.nodeValue = "0:02";
  await settle();
  buttons[0]?.click();
  expect(pressed).toEqual(["Stop"]);
});
