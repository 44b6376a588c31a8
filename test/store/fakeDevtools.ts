import { deferred } from "../support/deferred.ts";

/** What the Redux DevTools extension receives, and a way to travel in time. */
export interface FakeDevtools {
  /** Resolves once a store has connected to it, to the state of then, as the extension keeps it. */
  connected: Promise<string>;
  /** The names of the actions received, oldest first. */
  actions: () => string[];
  /** What else each of them says: of which jobs, requests or source it speaks. */
  details: () => object[];
  /** The state that came with the last action of that name, as the extension keeps it: JSON. */
  stateAfter: (action: string) => string;
  jumpToState: (state: string) => void;
  uninstall: () => void;
}

interface Message {
  type: "DISPATCH";
  payload: { type: "JUMP_TO_STATE" };
  state: string;
}

/**
 * Installs a fake Redux DevTools extension on `target` (the window, or what stands for it). A store
 * has to be made after that to be seen by it.
 */
export function installFakeDevtools(target: object): FakeDevtools {
  const received: Array<{ type: string; details: object; state: string }> = [];
  const listeners = new Set<(message: Message) => void>();
  const { promise: connected, resolve } = deferred<string>();
  const connection = {
    init: (state: unknown) => resolve(JSON.stringify(state)),
    send: ({ type, ...details }: { type: string }, state: unknown) =>
      received.push({ type, details, state: JSON.stringify(state) }),
    subscribe(listener: (message: Message) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.assign(target, { __REDUX_DEVTOOLS_EXTENSION__: { connect: () => connection } });

  return {
    connected,
    actions: () => received.map(({ type }) => type),
    details: () => received.map(({ details }) => details),
    stateAfter(action) {
      const last = received.findLast(({ type }) => type === action);
      if (last === undefined) throw new Error(`No action ${action} was received.`);
      return last.state;
    },
    jumpToState(state) {
      for (const listener of listeners) {
        listener({ type: "DISPATCH", payload: { type: "JUMP_TO_STATE" }, state });
      }
    },
    uninstall: () => void Reflect.deleteProperty(target, "__REDUX_DEVTOOLS_EXTENSION__"),
  };
}
