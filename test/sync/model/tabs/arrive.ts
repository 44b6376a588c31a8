import type { Browser, Tab } from "./browser.ts";

/** Everything that tabs have said to each other arrives. */
export function deliverAll(browser: Browser): void {
  const { tabs, channels } = browser;
  let hasMore = true;
  for (let round = 0; hasMore && round < 50; round += 1) {
    hasMore = false;
    for (const from of tabs)
      for (const to of browser.running())
        while (channels.deliver(from.name, to.name)) hasMore = true;
  }
}

/** Everything that is on its way arrives, and the server answers whatever is asked. */
export function arriveAll(browser: Browser): void {
  deliverAll(browser);
  for (const tab of browser.running()) {
    while (browser.locks.tell(tab.name));
    while (tab.user.inFlight() > 0) tab.answerUser();
    for (const index of tab.stream.waiting()) tab.stream.accept(index);
    deliverFrames(tab);
    while (tab.polls.waiting() > 0) answerPoll(browser, tab);
  }
}

/** Everything that the server has written to a tab arrives. */
export function deliverFrames({ stream }: Tab): void {
  while (stream.backlog(0) > 0) stream.deliver(0, 0);
}

/** The server answers a tab's oldest question, or refuses it after the user has signed out. */
export function answerPoll({ isSignedOut }: Browser, { polls }: Tab): void {
  if (isSignedOut) polls.refuse(0);
  else polls.deliver(0, 0);
}
