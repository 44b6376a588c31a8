/**
 * Tells the styles how high the header is, as `--header-height`, until what it returns is called: larger
 * text, a narrow page or an error in it make it higher, and what takes the focus must not stop under it. A
 * React ref.
 */
export function measureHeader(header: HTMLElement): (() => void) | undefined {
  if (!("ResizeObserver" in window)) return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() =>
    style.setProperty("--header-height", `${header.getBoundingClientRect().height}px`),
  );
  observer.observe(header);
  return () => {
    observer.disconnect();
    style.removeProperty("--header-height");
  };
}
