// What a host's page does to the indicator that stands in it.
import { Suspense } from "react";
import { expect, it, vi } from "vitest";
import { ActiveActionIndicator, ActivityStoreProvider } from "../../src/react.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { openListByHand } from "../support/indicator/openListByHand.ts";
import { renderPage } from "../support/indicator/renderWithStore.tsx";

/** A route, which waits for its code or its data. */
function Route({ until }: { until?: Promise<void> | undefined }) {
  // oxlint-disable-next-line typescript/only-throw-error -- that is how one waits in React 18
  if (until) throw until;
  return <a href="#next">Next</a>;
}

it("an open list closes when the focus leaves it, also after a Suspense has hidden the header", () => {
  const store = createActivityStore();
  const page = (until?: Promise<void>) => (
    <ActivityStoreProvider store={store}>
      <Suspense fallback="Loading…">
        <ActiveActionIndicator />
        <Route until={until} />
      </Suspense>
    </ActivityStoreProvider>
  );
  const { container, rerender } = renderPage(page());
  openListByHand(container);
  const close = vi.fn<() => void>();
  Object.assign(container.querySelector("[popover]") ?? {}, { hidePopover: close });
  rerender(page(new Promise(() => {})));
  expect(container.textContent).toContain("Loading…");
  rerender(page());
  container.querySelector("a")?.focus();
  expect(close).toHaveBeenCalled();
});
