import { act } from "@testing-library/react";
import { onTestFinished, vi } from "vitest";

/** The chips on the page, looked up by what they are marked with: a role is slow to find in jsdom. */
function chips(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-part="chip"]')];
}

/** The header's chip. */
export function indicator(): HTMLElement {
  const [chip, ...others] = chips();
  if (chip && others.length === 0) return chip;
  throw new Error(`There are ${chips().length} indicators on the page, and not one.`);
}

/** What the chip shows. */
export function indicatorText(): string {
  return indicator().textContent ?? "";
}

/** What each chip on the page shows. */
export function indicatorTexts(): string[] {
  return chips().map((chip) => chip.textContent ?? "");
}

/** What the chip is called where it cannot be seen. */
export function indicatorName(): string {
  return indicator().getAttribute("aria-label") ?? "";
}

/** Every text that the chip shows from now on, without repetitions. */
export function recordIndicatorTexts(): string[] {
  const chip = indicator();
  const texts = [chip.textContent ?? ""];
  const observer = new MutationObserver(() => {
    const text = chip.textContent ?? "";
    if (text !== texts.at(-1)) texts.push(text);
  });
  const all = { childList: true, characterData: true, subtree: true };
  observer.observe(chip, all);
  return texts;
}

/** Has the test move the time by hand, so that it need not wait for the return to Idle. */
export function holdTime(): void {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
  });
  onTestFinished(() => void vi.useRealTimers());
}

/** Lets time pass while React looks on; by default the 300 ms that the return to Idle waits. */
export function passTime(ms = 300): void {
  act(() => void vi.advanceTimersByTime(ms));
}
