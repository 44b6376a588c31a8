import type { Session, SessionState } from "./createSession.ts";

/** Begins the sync of one session; `onUnauthorized` is to be called when that session is over. */
export type StartSync = (options: { onUnauthorized: () => void }) => { stop: () => void };

/**
 * Runs one sync for as long as one person is signed in. It knows nothing of pages, so going from
 * one to another never restarts it. Returns the function that ends it.
 */
export function syncWhileSignedIn(session: Session, startSync: StartSync): () => void {
  let sync: { stop: () => void } | undefined;
  let user: string | undefined;

  function follow(state: SessionState): void {
    const next = userOf(state);
    if (next === user) return;
    user = next;
    sync?.stop();
    sync = next === undefined ? undefined : startSync({ onUnauthorized: session.watch() });
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
