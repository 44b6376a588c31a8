// What one would write with Zustand and a record in ten minutes, and nothing else.
import { useEffect } from "react";
import { createStore, useStore } from "zustand";
import type { Contender } from "../contender.ts";
import { labelOf } from "../runs.ts";
import type { RunStream } from "../runStream.ts";

interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly status: string;
}

const store = createStore<{ actions: Readonly<Record<string, string>> }>(() => ({ actions: {} }));

function put(key: string, label: string): void {
  store.setState(({ actions }) => ({ actions: { ...actions, [key]: label } }));
}

function remove(key: string): void {
  const { [key]: _, ...actions } = store.getState().actions;
  store.setState({ actions });
}

function useStream(stream: RunStream): void {
  useEffect(() => {
    stream.addEventListener("init", ({ data }) => {
      const { runs }: { runs: Run[] } = JSON.parse(String(data));
      const actions = Object.fromEntries(runs.map((run) => [`run:${run.id}`, labelOf(run)]));
      store.setState({ actions });
    });
    stream.addEventListener("run-update", ({ data }) => {
      const { run }: { run: Run } = JSON.parse(String(data));
      put(`run:${run.id}`, labelOf(run));
    });
    return () => {
      stream.close();
      store.setState({ actions: {} });
    };
  }, [stream]);
}

function Chip() {
  const label = useStore(store, ({ actions }) => Object.values(actions).at(-1) ?? "Idle");
  const count = useStore(store, ({ actions }) => Object.keys(actions).length);
  return (
    <button type="button" className="chip">
      <span>{label}</span>
      {count > 1 && <span>{`+${count - 1}`}</span>}
    </button>
  );
}

let sent = 0;

async function sendShown(label: string, send: () => Promise<void>): Promise<void> {
  sent += 1;
  const key = `request:${sent}`;
  put(key, label);
  try {
    await send();
  } finally {
    remove(key);
  }
}

/** A plain Zustand store with a record. */
export const plainZustand: Contender = {
  showsRuns: true,
  Page({ stream, children }) {
    useStream(stream);
    return (
      <>
        <Chip />
        {children}
      </>
    );
  },
  Sender: ({ children }) => children(sendShown),
};
