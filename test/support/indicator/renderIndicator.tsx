import { act, screen } from "@testing-library/react";
import { onTestFinished, vi } from "vitest";

const name = /No active actions|actions? in progress|Not known yet/;

/** The header's chip. */
export function indicator(): HTMLElement {
  return screen.getByRole("button", { name });
}

/** What the chip shows. */
export function indicatorText(): string {
  return indicator().textContent ?? "";
}

/** What each chip on the page shows. */
export function indicatorTexts(): string[] {
  return screen.getAllByRole("button", { name }).map((chip) => chip.textContent ?? "");
}

/** What the chip is called where it cannot be seen. */
export function indicatorName(): string {
  return indicator().getAttribute("aria-label") ?? "";
}

/** Every text that the chip shows from now on, without repetitions. */
export function recordIndicatorTexts(): string[] {
  // Looked up once: to find a role is slow in jsdom, and each change would wait for it.
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
