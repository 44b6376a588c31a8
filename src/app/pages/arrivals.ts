import { createStore, type StoreApi } from "zustand/vanilla";

/** Remembers the page before, so that an arrival can be told from a reload. */
export interface Arrivals {
  /** Notes that a page is shown. Whether one came to it from another page. */
  arrive: (page: string, title: string) => boolean;
  /** The title of the page that one came to; empty on the first one, which the browser says. */
  title: StoreApi<string>;
}

/** Creates a memory of no page. */
export function createArrivals(): Arrivals {
  let current: string | undefined;
  const said = createStore(() => "");
  return {
    title: said,
    arrive(page, title) {
      const before = current;
      current = page;
      const isArrival = before !== undefined && before !== page;
      if (isArrival) said.setState(title, true);
      return isArrival;
    },
  };
}
