import type * as code from "./OpenList.tsx";

/** The code of what the list shows while it is open. */
export type ListCode = Pick<typeof code, "OpenList">;

let loaded: ListCode | undefined;

/** The code of the list, if it has been loaded. */
export function loadedList(): ListCode | undefined {
  return loaded;
}

/** Gives the code that is there already, as in a test, which cannot wait for it. */
export function provideList(given: ListCode): void {
  loaded = given;
}

/** Loads the code of the list, which no page needs for its first picture. */
export async function loadList(): Promise<ListCode> {
  loaded ??= await import("./OpenList.tsx");
  return loaded;
}
