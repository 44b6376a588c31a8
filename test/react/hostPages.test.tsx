// What a host's page does to the indicator that stands in it.
import { Suspense } from "react";
import { expect, it, onTestFinished, vi } from "vitest";
import { createStore } from "zustand";
import { ActiveActionIndicator, ActivityStoreProvider, useAsyncAction } from "../../src/react.ts";
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

function Save() {
  const { start } = useAsyncAction(() => {});
  return <button onClick={start}>Save</button>;
}

it.each<[string, object]>([
  ["has no slice", { store: createStore(() => ({ theme: "light" })) }],
  ["is not there", { store: undefined }],
])("of a store that %s it is said what is missing", (_, given) => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => complaints.mockRestore());
  // As in JavaScript.
  const props = Object.assign({ store: createActivityStore() }, given);
  for (const ui of [<Save key="save" />, <ActiveActionIndicator key="indicator" />])
    expect(() =>
      renderPage(<ActivityStoreProvider {...props}>{ui}</ActivityStoreProvider>),
    ).toThrow("active-indicator: this store does not hold the activity slice");
});
