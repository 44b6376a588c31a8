import { useEffect } from "react";
import { useChipView } from "../../react.ts";

// Of a middle lightness: the bar that it stands in may be light or dark, whatever the page is.
const dot = '<circle cx="8" cy="8" r="6" fill="#7c8798"/>';
// The dark half is away from the red dot.
const ring =
  '<g fill="none" stroke-width="3"><circle cx="8" cy="8" r="6" stroke="#8fb6f7"/>' +
  '<path d="M8 14a6 6 0 0 1 0-12" stroke="#1d6ae5" stroke-linecap="round"/></g>';
// With a gap around it, so that it stands off the sign.
const gap =
  '<mask id="gap"><path fill="#fff" d="M0 0h16v16H0z"/><circle cx="12" cy="4" r="5.5"/></mask>';
const redDot = '<circle cx="12" cy="4" r="4" fill="#d42a2e"/>';

/**
 * Keeps the page's icon as the indicator is: gray while nothing runs, blue while something does,
 * and with a red dot for a failure that nobody has looked at.
 */
export function useFavicon(): void {
  const { count, failures } = useChipView();
  const icon = iconOf(count > 0, failures > 0);
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute("href", icon);
  }, [icon]);
}

function iconOf(isBusy: boolean, hasFailed: boolean): string {
  const sign = isBusy ? ring : dot;
  const shapes = hasFailed ? `${gap}<g mask="url(#gap)">${sign}</g>${redDot}` : sign;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${shapes}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
