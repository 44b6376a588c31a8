import {
  cleanup,
  render,
  renderHook,
  type RenderHookResult,
  type RenderOptions,
  type RenderResult,
} from "@testing-library/react";
import { Profiler, type ReactNode } from "react";
import { onTestFinished } from "vitest";
import { ActivityStoreProvider } from "../../../src/react.ts";
import { type ActivityStore, createActivityStore } from "../../../src/store/activityStore.ts";

/** Renders below a provider of `store`, until the test is over. */
export function renderWithStore(
  ui: ReactNode,
  store: ActivityStore = createActivityStore(),
  options: RenderOptions = {},
): RenderResult & { store: ActivityStore } {
  const tree = <ActivityStoreProvider store={store}>{ui}</ActivityStoreProvider>;
  return { ...renderPage(tree, options), store };
}

/** Renders as it stands, until the test is over. */
export function renderPage(ui: ReactNode, options: RenderOptions = {}): RenderResult {
  // Without Vitest's globals the library does not clean up by itself.
  onTestFinished(cleanup);
  return render(ui, options);
}

/** Runs a hook below a provider of `store`, until the test is over. */
export function renderHookWithStore<Result, Props>(
  hook: (props: Props) => Result,
  initialProps: Props,
  store: ActivityStore = createActivityStore(),
): RenderHookResult<Result, Props> & { store: ActivityStore } {
  onTestFinished(cleanup);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ActivityStoreProvider store={store}>{children}</ActivityStoreProvider>
  );
  return { ...renderHook(hook, { wrapper, initialProps, reactStrictMode: true }), store };
}

/** Counts the commits of what its `wrap` is given: read `count`. */
export function renderCounter() {
  const counter = {
    count: 0,
    wrap: (ui: ReactNode) => (
      <Profiler
        id="counted"
        onRender={() => {
          counter.count += 1;
        }}
      >
        {ui}
      </Profiler>
    ),
  };
  return counter;
}
