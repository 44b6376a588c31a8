import { Page } from "../pages/Page.tsx";
import { busyState, chipStates, fullestState } from "./chipStates.ts";
import { ChipSample } from "./ChipSample.tsx";
import { HeaderSample } from "./HeaderSample.tsx";
import { listStates } from "./listStates.ts";
import { ListSample } from "./ListSample.tsx";
import { StateSheet } from "./StateSheet.tsx";
import { schemes, Swatch } from "./Swatch.tsx";

const headerStates = [
  { ...busyState, title: "Header" },
  { ...fullestState, title: "Header, all at once" },
];

/** Every state of the indicator, light and dark, without a backend and without a session. */
export function StatesPage() {
  return (
    <Page
      name="states"
      title="States of the indicator"
      lead={
        <p>
          Each from a store of its own, filled by a script; a lost connection shows after 5 s. A
          click opens its list.
        </p>
      }
    >
      <StateSheet title="The chip" states={chipStates}>
        {() => <ChipSample />}
      </StateSheet>
      <StateSheet title="The list" states={listStates}>
        {({ refusal }) => <ListSample refusal={refusal} />}
      </StateSheet>
      <section aria-labelledby="states-header">
        <h2 id="states-header" className="section-title">
          In a header
        </h2>
        <div className="states-headers">
          {headerStates.map((state) =>
            schemes.map((scheme) => (
              <Swatch key={`${state.title} ${scheme}`} scheme={scheme} state={state}>
                <HeaderSample />
              </Swatch>
            )),
          )}
        </div>
      </section>
    </Page>
  );
}
