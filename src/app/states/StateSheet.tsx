import { type ReactNode, useId } from "react";
import type { StateScript } from "./stateScript.ts";
import { schemes, Swatch } from "./Swatch.tsx";

/** Props of {@link StateSheet}. */
export interface StateSheetProps {
  title: string;
  states: readonly StateScript[];
  /** What is shown of each state, in each scheme. */
  children: (state: StateScript) => ReactNode;
}

/** A sheet of states, each with its name and in both colour schemes. */
export function StateSheet({ title, states, children }: StateSheetProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {title}
      </h2>
      <div className="states-sheet">
        {states.map((state) => (
          <div key={state.title} className="state">
            <h3>{state.title}</h3>
            {schemes.map((scheme) => (
              <Swatch key={scheme} scheme={scheme} state={state}>
                {children(state)}
              </Swatch>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
