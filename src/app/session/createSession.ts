import { createStore, type StoreApi } from "zustand/vanilla";
import type { AuthStatus } from "../../jobs/contract.ts";
import { sessionEnded } from "../http/failureWords.ts";

/** Whether somebody is signed in, as far as is known. */
export type SessionState =
  | { readonly status: "checking" }
  | { readonly status: "unreachable"; readonly error: Error }
  | { readonly status: "signedOut"; readonly auth: AuthStatus; readonly notice?: string }
  | { readonly status: "signedIn"; readonly auth: AuthStatus };

/** The session with the backend: a store that is read like any other, and written by its verbs. */
export interface Session extends Pick<
  StoreApi<SessionState>,
  "getState" | "getInitialState" | "subscribe"
> {
  /** Asks the backend who is signed in. */
  check: () => Promise<void>;
  /** Takes what the backend said of the session. */
  accept: (auth: AuthStatus) => void;
  /** Says that the session of now is over, when called; later ones it leaves alone. */
  watch: () => () => void;
}

/** Creates a session of which nothing is known yet. `askStatus` may reject with an Error. */
export function createSession(askStatus: () => Promise<AuthStatus>): Session {
  const store = createStore<SessionState>()(() => ({ status: "checking" }));
  const set = (state: SessionState) => store.setState(state, true);
  const accept = (auth: AuthStatus) =>
    set({ status: auth.authenticated ? "signedIn" : "signedOut", auth });

  function end(ended: SessionState): void {
    // A late 401 must not end a session that began after its request.
    if (ended.status !== "signedIn" || store.getState() !== ended) return;
    const auth = { ...ended.auth, authenticated: false, login: null };
    set({ status: "signedOut", auth, notice: sessionEnded });
    void refreshSignIn(store.getState());
  }

  // The way to sign in may have been left out while somebody was signed in.
  async function refreshSignIn(signedOut: SessionState): Promise<void> {
    const auth = await askStatus().catch(() => undefined);
    if (auth === undefined || auth.authenticated || store.getState() !== signedOut) return;
    set({ status: "signedOut", auth, notice: sessionEnded });
  }

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    accept,
    async check() {
      set({ status: "checking" });
      try {
        accept(await askStatus());
      } catch (error) {
        set({
          status: "unreachable",
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    },
    watch() {
      const watched = store.getState();
      return () => end(watched);
    },
  };
}
