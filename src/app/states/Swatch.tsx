import { type ReactNode, useState } from "react";
import { ActivityStoreProvider } from "../../react.ts";
import { createStateStore } from "./createStateStore.ts";
import type { StateScript } from "./stateScript.ts";

/** The colour schemes, in the order in which they stand side by side. */
export const schemes = ["light", "dark"] as const;

/** Props of {@link Swatch}. */
export interface SwatchProps {
  scheme: (typeof schemes)[number];
  state: StateScript;
  children: ReactNode;
}

/** What it holds in one colour scheme, with a store of its own in the given state. */
export function Swatch({ scheme, state, children }: SwatchProps) {
  const [store] = useState(() => createStateStore(state));
  return (
    <div
      className={`swatch swatch-${scheme}`}
      role="group"
      aria-label={`${state.title}, ${scheme}`}
    >
      <ActivityStoreProvider store={store}>{children}</ActivityStoreProvider>
    </div>
  );
}
