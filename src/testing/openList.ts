import { provideList } from "../react/list/ActivityList.tsx";
import { OpenList } from "../react/list/OpenList.tsx";

// A test that opens the list looks at it at once.
provideList({ OpenList });

/**
 * Opens, or closes, the list of the indicator in `container`, in jsdom, which has no popovers. In a
 * React test wrap it in `act`.
 *
 * @throws TypeError if there is no indicator in `container`
 */
export function openList(container: Element, newState: "open" | "closed" = "open"): void {
  const list = container.querySelector('[data-part="list"]');
  if (!list) throw new TypeError("openList: there is no ActiveActionIndicator in this container");
  list.dispatchEvent(Object.assign(new Event("toggle"), { newState }));
}
