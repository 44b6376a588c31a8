/** Whether it is an element: by what it has, since each window has an `Element` of its own. */
export function isElement(target: EventTarget | null): target is Element {
  return target !== null && "closest" in target;
}

/**
 * Whether nothing has the focus on the page of `element`. The page is asked, and not a shadow root,
 * which says "nothing" also where the focus is outside of it.
 */
export function isNowhere({ ownerDocument: { activeElement, body } }: Element): boolean {
  return activeElement === null || activeElement === body;
}
