import { Page } from "../pages/Page.tsx";
import { busyState, chipStates } from "./chipStates.ts";
import { ChipSample } from "./ChipSample.tsx";
import { HeaderSample } from "./HeaderSample.tsx";
import { listStates } from "./listStates.ts";
import { ListSample } from "./ListSample.tsx";
import { StateSheet } from "./StateSheet.tsx";
import { schemes, Swatch } from "./Swatch.tsx";

/** Every state of the indicator, light and dark, without a backend and without a session. */
export function StatesPage() {
  return (
    <Page
      name="states"
      title="States of the indicator"
      lead={<p>Each from a store of its own, filled by a script. A click opens its list.</p>}
    >
      <StateSheet title="The chip" states={chipStates}>
        <ChipSample />
      </StateSheet>
      <StateSheet title="The list" states={listStates}>
        <ListSample />
      </StateSheet>
      <section aria-labelledby="states-header">
        <h2 id="states-header" className="section-title">
          In a header
        </h2>
        <div className="states-headers">
          {schemes.map((scheme) => (
            <Swatch key={scheme} scheme={scheme} state={{ ...busyState, title: "Header" }}>
              <HeaderSample />
            </Swatch>
          ))}
        </div>
      </section>
    </Page>
  );
}
