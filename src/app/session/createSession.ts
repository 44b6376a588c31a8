import { createStore, type StoreApi } from "zustand/vanilla";
import type { AuthStatus } from "../../index.ts";
import type { Api } from "../http/createApi.ts";
import { patienceMs, sessionEnded, slowAnswer } from "../http/failureWords.ts";
import { noSession, stillSignedIn, switchedPerson } from "./sessionWords.ts";

/** Whether somebody is signed in, as far as is known. */
export type SessionState =
  | { readonly status: "checking" }
  | { readonly status: "unreachable"; readonly error: Error; readonly isRetrying: boolean }
  | (KnownSession & { readonly status: "signedOut" })
  | (KnownSession & { readonly status: "signedIn" });

interface KnownSession {
  readonly auth: AuthStatus;
  /** What a person should know of how it came to this, if they did not do it here. */
  readonly notice?: string | undefined;
}

/** The session with the backend: a store that is read like any other, and written by its verbs. */
export interface Session extends Pick<
  StoreApi<SessionState>,
  "getState" | "getInitialState" | "subscribe"
> {
  /**
   * Asks the backend who is signed in. What is known stays until it has answered, and if it does
   * not answer: not to know is not to be signed out.
   */
  check: () => Promise<void>;
  /** Signs in by name. Rejects if that begins no session. */
  signIn: (login: string) => Promise<void>;
  /** Signs out. Rejects if one is still signed in after it. */
  signOut: () => Promise<void>;
  /** Says that the session of now is over, when called; later ones it leaves alone. */
  watch: () => () => void;
}

/** What a session asks of the backend. */
export type SessionApi = Pick<Api, "authStatus" | "signIn" | "signOut">;

/** Creates a session of which nothing is known yet. */
export function createSession(api: SessionApi): Session {
  const store = createStore<SessionState>()(() => ({ status: "checking" }));
  const set = (state: SessionState) => store.setState(state, true);
  /** The check under way. */
  let asking: AbortController | undefined;
  /** Grows with each beginning and end of a session. */
  let period = 0;
  /** The session that the person is just ending. */
  let leavingPeriod: number | undefined;
  /** Who was signed in last in this tab. */
  let latestUser: string | undefined;

  // Resolves to nothing if it was given up for something newer.
  async function ask(): Promise<AuthStatus | undefined> {
    asking?.abort();
    const own = (asking = new AbortController());
    try {
      const auth = await api.authStatus(own.signal);
      return own.signal.aborted ? undefined : auth;
    } catch (error) {
      if (own.signal.aborted) return undefined;
      throw error;
    } finally {
      if (asking === own) asking = undefined;
    }
  }

  function begin(auth: AuthStatus, notice?: string): void {
    period += 1;
    latestUser = loginOf(auth);
    set({ status: "signedIn", auth, notice });
  }

  function leave(auth: AuthStatus, notice?: string): void {
    period += 1;
    set({ status: "signedOut", auth, notice });
  }

  // Whoever is just signing out knows why: what was under way may be refused before that is answered.
  function noticeOfEnd(): string | undefined {
    return period === leavingPeriod ? undefined : sessionEnded;
  }

  function take(auth: AuthStatus): void {
    const state = store.getState();
    if (auth.authenticated) takeUser(auth, userOf(state));
    else if (state.status === "signedOut") set({ ...state, auth });
    else leave(auth, state.status === "signedIn" ? noticeOfEnd() : undefined);
  }

  function takeUser(auth: AuthStatus, known: string | null | undefined): void {
    const user = loginOf(auth);
    if (user === known) return;
    const before = latestUser ?? user;
    begin(auth, before === user ? undefined : switchedPerson(user, before));
  }

  function fail(error: Error): void {
    if (userOf(store.getState()) === undefined) {
      set({ status: "unreachable", error, isRetrying: false });
    }
  }

  async function check(): Promise<void> {
    const state = store.getState();
    if (state.status === "unreachable") set({ ...state, isRetrying: true });
    const answer = ask();
    const patience = setTimeout(() => fail(new Error(slowAnswer)), patienceMs);
    const auth = await answer.catch((error: unknown) => fail(toError(error)));
    clearTimeout(patience);
    if (auth) take(auth);
  }

  // The way to sign in may have been left out while somebody was signed in. The server has just
  // refused this session: if it is still listed, believing that would alternate with the refusal.
  async function refreshSignIn(): Promise<void> {
    const auth = await ask().catch(() => undefined);
    if (auth && !(auth.authenticated && loginOf(auth) === latestUser)) take(auth);
  }

  function end(auth: AuthStatus): void {
    leave(withoutUser(auth), noticeOfEnd());
    // A check under way may be the news of a sign-in in another tab, so it goes on.
    if (!asking) void refreshSignIn();
  }

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    check,
    async signIn(login) {
      const auth = await api.signIn(login);
      if (!auth.authenticated) throw new Error(noSession);
      // What was asked before cannot know of it.
      asking?.abort();
      begin(auth);
    },
    async signOut() {
      const state = store.getState();
      const own = (leavingPeriod = period);
      const failure = await api.signOut().then(() => undefined, toError);
      const patience = setTimeout(() => asking?.abort(), patienceMs);
      const auth = await ask().catch(() => undefined);
      clearTimeout(patience);
      leavingPeriod = undefined;
      if (state.status !== "signedIn" || period !== own) return;
      if (auth?.authenticated && loginOf(auth) !== loginOf(state.auth)) take(auth);
      else if (auth?.authenticated) throw failure ?? new Error(stillSignedIn);
      else if (!auth && failure) throw failure;
      else leave(auth ?? withoutUser(state.auth));
    },
    watch() {
      const watched = period;
      return () => {
        const state = store.getState();
        // A late 401 must not end a session that began after its request.
        if (state.status === "signedIn" && watched === period) end(state.auth);
      };
    },
  };
}

/**
 * Who is signed in: the login, which is empty where the backend does not say it; `null` if nobody
 * is, `undefined` as long as that is not known.
 */
export function userOf(state: SessionState): string | null | undefined {
  if (state.status === "signedIn") return loginOf(state.auth);
  return state.status === "signedOut" ? null : undefined;
}

function loginOf({ login }: AuthStatus): string {
  return login ?? "";
}

function withoutUser(auth: AuthStatus): AuthStatus {
  return { ...auth, authenticated: false, login: null };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
