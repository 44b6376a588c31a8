import type { Page } from "playwright-core";

/** How much a text or a sign of the indicator stands out from what it is on. */
export interface Contrast {
  /** The text, or the name of the sign. */
  what: string;
  isSign: boolean;
  /** By WCAG: 1 for none, 21 for black on white. */
  contrast: number;
}

/** The texts and signs of the indicator that can be seen, as they are painted now. */
export function readContrasts(page: Page): Promise<Contrast[]> {
  return page.evaluate(measureContrasts);
}

/** Those that are too faint: a text below 4.5, a sign below 3 (WCAG 2.2, 1.4.3 and 1.4.11). */
export function tooFaint(contrasts: readonly Contrast[]): Contrast[] {
  return contrasts.filter(({ contrast, isSign }) => contrast < (isSign ? 3 : 4.5));
}

/** The colour of an element's background in sRGB, 0 to 255, with its alpha. */
export function readBackground(page: Page, selector: string): Promise<number[]> {
  return page.locator(selector).evaluate((element) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = getComputedStyle(element).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  });
}

// Runs in the page, so it can use nothing from around it.
function measureContrasts(): Contrast[] {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");

  const paint = (colour: string, opacity: number) => {
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  };
  const luminance = () => {
    const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
      const value = byte / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // What an element is painted on, then the element's own colour on that.
  const contrastOf = (element: Element) => {
    const over: Element[] = [];
    for (let next: Element | null = element; next; next = next.parentElement) over.unshift(next);
    paint("white", 1);
    let opacity = 1;
    for (const each of over) {
      opacity *= Number(getComputedStyle(each).opacity);
      paint(getComputedStyle(each).backgroundColor, opacity);
    }
    const below = luminance();
    paint(getComputedStyle(element).color, opacity);
    const own = luminance();
    return (Math.max(own, below) + 0.05) / (Math.min(own, below) + 0.05);
  };
  return [...document.querySelectorAll(".active-indicator *")].flatMap((element) => {
    if (element.closest(".active-indicator-announcements") || !element.checkVisibility()) return [];
    const isSign = element.matches(".active-indicator-sign");
    const texts = [...element.childNodes].filter((node) => node instanceof Text);
    const what = isSign
      ? (element.getAttribute("data-sign") ?? "")
      : texts
          .map(({ data }) => data)
          .join("")
          .trim();
    return what === "" ? [] : [{ what, isSign, contrast: contrastOf(element) }];
  });
}
