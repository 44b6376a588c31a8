/** The stream of runs without a network: the measure is what comes after the socket. */
export interface RunStream {
  addEventListener: (type: string, listener: (event: { readonly data?: unknown }) => void) => void;
  close: () => void;
  /** Has an event of this type come. */
  emit: (type: "init" | "run-update", data: string) => void;
}

/** Creates a stream on which nothing has come yet. */
export function createRunStream(): RunStream {
  const listeners = new Map<string, ((event: { readonly data?: unknown }) => void)[]>();
  return {
    addEventListener(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
    close: () => listeners.clear(),
    emit(type, data) {
      for (const listener of listeners.get(type) ?? []) listener({ data });
    },
  };
}
