import type { BackendSync } from "../../index.ts";
import { type Session, type SessionState, userOf } from "./createSession.ts";

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
  let user: string | null = null;

  function follow(state: SessionState): void {
    const next = userOf(state);
    // Not to know who is signed in is not to be signed out.
    if (next === undefined || next === user) return;
    user = next;
    // Only a sign-out is one for all tabs. If somebody else has signed in, each finds out itself.
    if (next === null) sync?.signOut();
    else sync?.stop();
    sync = next === null ? undefined : start(next);
  }

  // A sync that does not start must not keep the pages from hearing of the session.
  function start(login: string): SessionSync | undefined {
    try {
      return startSync({ session: login, onUnauthorized: session.watch() });
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
      return undefined;
    }
  }

  follow(session.getState());
  const unsubscribe = session.subscribe((state) => follow(state));
  return () => {
    unsubscribe();
    sync?.stop();
  };
}
