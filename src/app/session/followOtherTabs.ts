import { browserEnvironment, type SyncEnvironment } from "../../index.ts";
import { type Session, userOf } from "./createSession.ts";

type Browser = Pick<SyncEnvironment, "after" | "onWake" | "tabs">;
type OpenChannel = NonNullable<Browser["tabs"]>["openChannel"];
type Channel = ReturnType<OpenChannel>;

const channelName = "active-indicator console session";

/** How long the page may wake, again and again, without another check, in ms. */
const restMs = 1_000;

/**
 * Keeps the session true when it changes in another tab: all tabs of a browser share one cookie, so
 * whoever signs in there is signed in here. Tabs say to each other who is signed in, and a page
 * that comes into view checks it. What another tab says is no more than a reason to ask the backend.
 * Returns the function that ends it.
 */
export function followOtherTabs(
  session: Session,
  browser: Browser = browserEnvironment,
): () => void {
  const { tabs, after, onWake } = browser;
  let channel: Channel | undefined;
  /** What was said last, by whichever tab; so that nobody repeats it. */
  let said: string | null | undefined;
  let cancelRest: (() => void) | undefined;

  function join(): void {
    leave();
    channel = tabs && openOrNothing(tabs.openChannel);
    channel?.addEventListener("message", ({ data }) => hear(data));
  }

  // An open channel would keep the page out of the back/forward cache.
  function leave(): void {
    channel?.close();
    channel = undefined;
  }

  function say(user: string | null | undefined): void {
    if (user === undefined || user === said) return;
    said = user;
    channel?.postMessage(user);
  }

  function hear(user: unknown): void {
    if (typeof user !== "string" && user !== null) return;
    said = user;
    if (user !== userOf(session.getState())) void session.check();
  }

  function wake(): void {
    if (cancelRest) return;
    cancelRest = after(restMs, () => (cancelRest = undefined));
    void session.check();
  }

  join();
  const cancels = [
    session.subscribe((state) => say(userOf(state))),
    tabs?.onRest((reason) => reason === "left" && leave()),
    onWake((reason) => {
      if (reason === "restored") join();
      wake();
    }),
  ];
  return () => {
    for (const cancel of cancels) cancel?.();
    cancelRest?.();
    leave();
  };
}

function openOrNothing(openChannel: OpenChannel): Channel | undefined {
  try {
    return openChannel(channelName);
  } catch {
    // A browser may refuse it: then a tab finds out when it comes into view.
    return undefined;
  }
}
