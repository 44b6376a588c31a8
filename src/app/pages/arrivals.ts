/** Remembers the page before, so that an arrival can be told from a reload. */
export interface Arrivals {
  /** Notes that a page is shown. Whether one came to it from another page. */
  arrive: (page: string) => boolean;
}

/** Creates a memory of no page. */
export function createArrivals(): Arrivals {
  let current: string | undefined;
  return {
    arrive(page) {
      const before = current;
      current = page;
      return before !== undefined && before !== page;
    },
  };
}
