import type { Browser, Tab } from "./browser.ts";

/** A page comes back out of the back/forward cache. */
export function restore(tab: Tab | undefined): void {
  if (!tab) return;
  tab.page.state = "open";
  tab.environment.show();
  tab.environment.wake("restored");
}

/** A page goes into the back/forward cache. */
export function leave(tab: Tab): void {
  hide(tab);
  tab.rest("left");
  tab.page.state = "cached";
  tab.mustHearOfEnd = false;
}

/** A page goes into the background. */
export function hide(tab: Tab | undefined): void {
  if (!tab || tab.environment.isHidden()) return;
  tab.environment.hide();
  tab.rest("hidden");
}

/** A tab is gone, without a word of its own. */
export function end({ locks, channels }: Browser, tab: Tab): void {
  tab.page.state = "gone";
  channels.closeAll(tab.name);
  locks.release(tab.name);
}
