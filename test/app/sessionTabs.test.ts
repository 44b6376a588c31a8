import { describe, expect, it, onTestFinished } from "vitest";
import { createSession, type SessionApi, userOf } from "../../src/app/session/createSession.ts";
import { followOtherTabs } from "../../src/app/session/followOtherTabs.ts";
import type { AuthStatus } from "../../src/jobs/contract.ts";
import type { ChannelLike, RestReason } from "../../src/sync/environment.ts";
import { createFakeEnvironment } from "../../src/testing/environment.ts";
import { deferred } from "../support/deferred.ts";
import { createFakeChannels } from "../support/tabs/fakeChannels.ts";
import { signedIn, signedOut } from "./support/mockBackend.ts";

const ended = "Your session has ended. Sign in again.";
const authOf = (login: string | null) => (login === null ? signedOut : { ...signedIn, login });

interface BrowserOptions {
  /** Whose it is at the start. @default "ada" */
  cookie?: string | null;
  /** Whether the browser lets tabs talk to each other. @default true */
  hasChannels?: boolean;
}

/** A browser whose tabs share one cookie, and the backend that takes it. */
function createBrowser({ cookie = "ada", hasChannels = true }: BrowserOptions = {}) {
  const channels = createFakeChannels();
  const tabs: Tab[] = [];
  const backend: { cookie: string | null; asked: number } = { cookie, asked: 0 };
  const api: SessionApi = {
    authStatus() {
      backend.asked += 1;
      return Promise.resolve(authOf(backend.cookie));
    },
    signIn: (login) => Promise.resolve(authOf((backend.cookie = login))),
    signOut: () => Promise.resolve(void (backend.cookie = null)),
  };
  const openChannel = (tab: string, name: string): ChannelLike => {
    if (hasChannels) return channels.open(tab, name);
    throw new DOMException("refused", "SecurityError");
  };

  /* oxlint-disable no-await-in-loop -- one message after the other is the point */
  async function settle(): Promise<void> {
    for (let isBusy = true; isBusy;) {
      await tabs[0]?.environment.settle();
      isBusy = tabs.some(({ name }) => channels.deliver(name));
    }
  }
  /* oxlint-enable no-await-in-loop */

  const open = async (overrides: Partial<SessionApi> = {}) => {
    const tab = openTab(`tab-${tabs.length}`, { ...api, ...overrides }, openChannel);
    tabs.push(tab);
    await settle();
    return tab;
  };
  return { backend, channels, settle, open };
}

type Tab = ReturnType<typeof openTab>;

function openTab(
  name: string,
  api: SessionApi,
  openChannel: (tab: string, name: string) => ChannelLike,
) {
  const session = createSession(api);
  const rest = new Set<(reason: RestReason) => void>();
  const onRest = (listener: (reason: RestReason) => void) => {
    rest.add(listener);
    return () => void rest.delete(listener);
  };
  const environment = createFakeEnvironment();
  const tabs = {
    locks: undefined,
    onRest,
    openChannel: (channel: string) => openChannel(name, channel),
  };
  onTestFinished(followOtherTabs(session, { ...environment, tabs }));
  void session.check();
  return {
    name,
    session,
    environment,
    user: () => userOf(session.getState()),
    notice() {
      const state = session.getState();
      return "notice" in state ? state.notice : undefined;
    },
    /** Its page goes into the back/forward cache. */
    leave: () => rest.forEach((listener) => listener("left")),
  };
}

async function openTwo(options?: BrowserOptions) {
  const browser = createBrowser(options);
  return { ...browser, here: await browser.open(), there: await browser.open() };
}

describe("a sign-in in another tab", () => {
  it("leads on from the sign-in page", async () => {
    const { here, there, settle } = await openTwo({ cookie: null });
    expect(here.user()).toBeNull();
    await there.session.signIn("ada");
    await settle();
    expect(here.user()).toBe("ada");
    expect(here.notice()).toBeUndefined();
  });

  it("leads back from a session that has ended", async () => {
    const { here, there, settle } = await openTwo();
    await there.session.signOut();
    await settle();
    expect(here.notice()).toBe(ended);
    await there.session.signIn("ada");
    await settle();
    expect(here.user()).toBe("ada");
    expect(here.notice()).toBeUndefined();
  });

  it("as somebody else is said here, not there", async () => {
    const { here, there, settle } = await openTwo();
    await there.session.signIn("bob");
    await settle();
    expect(here.user()).toBe("bob");
    expect(here.notice()).toContain("You are signed in as bob now, no longer as ada");
    expect(there.notice()).toBeUndefined();
  });

  it("is heard after the page was in the back/forward cache, which no open channel prevents", async () => {
    const { here, there, channels, settle } = await openTwo();
    here.leave();
    expect(Object.keys(channels.names())).toEqual([there.name]);
    await there.session.signIn("bob");
    await settle();
    expect(here.user()).toBe("ada");
    here.environment.wake("restored");
    await settle();
    expect(here.user()).toBe("bob");
    await there.session.signIn("carol");
    await settle();
    expect(here.user()).toBe("carol");
  });

  it("costs each other tab one question to the backend, and none where nothing changes", async () => {
    const browser = createBrowser();
    const [first] = [await browser.open(), await browser.open(), await browser.open()];
    await browser.open();
    expect(browser.backend.asked).toBe(4);
    await first?.session.signIn("bob");
    await browser.settle();
    expect(browser.backend.asked).toBe(4 + 3);
  });
});

describe("a tab without a channel to the others", () => {
  it("finds out who is signed in when it comes into view", async () => {
    const { here, there, settle } = await openTwo({ hasChannels: false });
    await there.session.signIn("bob");
    await settle();
    expect(here.user()).toBe("ada");
    here.environment.show();
    await settle();
    expect(here.user()).toBe("bob");
    expect(here.notice()).toContain("no longer as ada");
  });
});

describe("what another tab says", () => {
  it("is a reason to ask the backend, whose answer counts", async () => {
    const { here, channels, settle } = await openTwo();
    const [name = ""] = Object.values(channels.names());
    for (const data of ["mallory", null, 7, { login: "mallory" }]) channels.say(name, data);
    await settle();
    expect(here.user()).toBe("ada");
    expect(here.notice()).toBeUndefined();
  });
});

describe("who is signed in", () => {
  it("is asked once a second at most, however often the page wakes", async () => {
    const { open, backend } = createBrowser();
    const { environment } = await open();
    for (let wakes = 0; wakes < 30; wakes += 1) {
      environment.show();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await environment.advance(100);
    }
    expect(backend.asked).toBe(1 + 3);
  });

  it("is no longer what a late answer says, once one has signed in", async () => {
    let release!: (auth: AuthStatus) => void;
    const answer = new Promise<AuthStatus>((resolve) => (release = resolve));
    const { open, settle } = createBrowser();
    const { session, user } = await open({ authStatus: () => answer });
    await session.signIn("bob");
    release(signedOut);
    await settle();
    expect(user()).toBe("bob");
  });

  it("is asked anew when an answer hangs, and then the old one is given up", async () => {
    const signals: AbortSignal[] = [];
    const authStatus = (signal = new AbortController().signal) => {
      signals.push(signal);
      return signals.length === 1 ? new Promise<never>(() => {}) : Promise.resolve(signedIn);
    };
    const { open, settle } = createBrowser();
    const { environment, user } = await open({ authStatus });
    environment.show();
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(user()).toBe("mira");
  });
});

describe("a session that the backend refuses with 401", () => {
  it("is over in all tabs, though the backend goes on listing it whenever it is asked", async () => {
    const { here, there, settle, backend } = await openTwo();
    for (const { session } of [here, there]) {
      session.subscribe(({ status }) => status === "signedIn" && queueMicrotask(session.watch()));
      session.watch()();
    }
    await settle();
    expect([here.notice(), there.notice()]).toEqual([ended, ended]);
    const before = backend.asked;
    here.environment.show();
    await settle();
    expect([here.notice(), there.notice()]).toEqual([ended, ended]);
    // Once for having come into view, and in each tab once for each of the two refusals.
    expect(backend.asked - before).toBeLessThanOrEqual(5);
  });

  it("is not told to whoever is just signing out, and whose last requests are refused", async () => {
    const { open, settle, backend } = createBrowser();
    const answered = deferred<void>();
    const here = await open({
      signOut: () => {
        backend.cookie = null;
        return answered.promise;
      },
    });
    const refuse = here.session.watch();
    const leaving = here.session.signOut();
    refuse();
    await settle();
    answered.resolve();
    await leaving;
    expect([here.user(), here.notice()]).toEqual([null, undefined]);
  });

  it("gives way to somebody who has signed in since", async () => {
    const { here, settle, backend } = await openTwo();
    backend.cookie = "bob";
    here.session.watch()();
    await settle();
    expect(here.user()).toBe("bob");
    expect(here.notice()).toContain("no longer as ada");
  });

  it("does not keep the sign-in of another tab from leading back", async () => {
    const { here, there, settle } = await openTwo();
    const refuse = here.session.watch();
    await there.session.signIn("ada");
    void here.session.check();
    refuse();
    await settle();
    expect(here.user()).toBe("ada");
  });
});
