import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";

/** Somebody signed in. */
export interface Session {
  readonly id: string;
  readonly login: string;
  /** Aborts when the session is over, however it ended. */
  readonly ended: AbortSignal;
}

/** Who is signed in, in memory: a restart signs everybody out. */
export interface Sessions {
  open(login: string): Session;
  find(id: string | undefined): Session | undefined;
  /** Ends the session; does nothing for an unknown id. */
  close(id: string | undefined): void;
  closeAll(): void;
}

/** Makes an empty set of sessions; over `limit` the one unused for longest ends. @default 100 */
export function createSessions(limit = 100): Sessions {
  const live = new Map<string, { session: Session; controller: AbortController }>();

  function close(id: string | undefined): void {
    if (id === undefined) return;
    const entry = live.get(id);
    live.delete(id);
    entry?.controller.abort();
  }

  return {
    open(login) {
      const controller = new AbortController();
      // Each open stream listens, and there may be more than the ten that node warns of.
      setMaxListeners(0, controller.signal);
      const session = { id: randomUUID(), login, ended: controller.signal };
      live.set(session.id, { session, controller });
      if (live.size > limit) close(live.keys().next().value);
      return session;
    },
    find(id) {
      const entry = id === undefined ? undefined : live.get(id);
      if (!entry) return undefined;
      // Inserted anew, so that the first key stays the one unused for longest.
      live.delete(entry.session.id);
      live.set(entry.session.id, entry);
      return entry.session;
    },
    close,
    closeAll: () => [...live.keys()].forEach(close),
  };
}
