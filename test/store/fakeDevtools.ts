/** What the Redux DevTools extension receives, and a way to travel in time. */
export interface FakeDevtools {
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
  const connection = {
    init: () => undefined,
    send: ({ type, ...details }: { type: string }, state: unknown) =>
      received.push({ type, details, state: JSON.stringify(state) }),
    subscribe(listener: (message: Message) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.assign(target, { __REDUX_DEVTOOLS_EXTENSION__: { connect: () => connection } });

  return {
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
