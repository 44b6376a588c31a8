import type { BackendSync } from "../../sync/startBackendSync.ts";
import type { Session, SessionState } from "./createSession.ts";

/** The sync of one session: `stop` ends it here, `signOut` in the browser's other tabs too. */
export type SessionSync = Pick<BackendSync, "stop" | "signOut">;

/** Begins the sync of a login's session; `onUnauthorized` is to be called when that is over. */
export type StartSync = (options: { session: string; onUnauthorized: () => void }) => SessionSync;

/**
 * Runs one sync for as long as one person is signed in. It knows nothing of pages, so going from
 * one to another never restarts it. Returns the function that ends it.
 */
export function syncWhileSignedIn(session: Session, startSync: StartSync): () => void {
  let sync: SessionSync | undefined;
  let user: string | undefined;

  function follow(state: SessionState): void {
    const next = userOf(state);
    if (next === user) return;
    user = next;
    sync?.signOut();
    sync =
      next === undefined
        ? undefined
        : startSync({ session: next, onUnauthorized: session.watch() });
  }

  follow(session.getState());
  const unsubscribe = session.subscribe((state) => follow(state));
  return () => {
    unsubscribe();
    sync?.stop();
  };
}

function userOf(state: SessionState): string | undefined {
  return state.status === "signedIn" ? (state.auth.login ?? "") : undefined;
}
