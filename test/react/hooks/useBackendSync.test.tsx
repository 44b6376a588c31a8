import { act } from "@testing-library/react";
import { useInsertionEffect } from "react";
import type { ReactNode } from "react";
import { expect, it, onTestFinished, vi } from "vitest";
import {
  buildsAndRuns,
  createActivityStore,
  defineJobKind,
  defineSource,
} from "../../../src/index.ts";
import { ActivityStoreProvider, useBackendSync } from "../../../src/react.ts";
import { createFakeEnvironment } from "../../../src/testing/environment.ts";
import { catchUncaught } from "../../support/catchUncaught.ts";
import { renderHookWithStore, renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { runJob } from "../../support/sync/wire.ts";

type Session = string | null | undefined;

/** A component that runs the sync of a session, in StrictMode. */
function renderSession(first: Session) {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const onUnauthorized = vi.fn<() => void>();
  const { result, rerender, unmount } = renderHookWithStore(
    ({ session }: { session: Session }) => useBackendSync({ session, environment, onUnauthorized }),
    { session: first },
    store,
  );
  return {
    environment,
    onUnauthorized,
    result,
    unmount,
    become: (session: Session) => rerender({ session }),
    answer: () =>
      act(async () => {
        environment.source().init([runJob("1", "running")]);
        environment.request().respond({ builds: [] });
        await environment.settle();
      }),
    jobs: () => Object.keys(store.getState().backendJobs),
  };
}

const pass = () => act(() => new Promise((resolve) => setTimeout(resolve, 5)));

it("opens one stream, although StrictMode mounts twice", async () => {
  const { environment } = renderSession("ada");
  await pass();
  expect(environment.totals.sources).toBe(1);
  expect(environment.open().sources).toBe(1);
});

it("starts nothing while it is not known who is signed in", async () => {
  const { environment, become } = renderSession(undefined);
  await pass();
  expect(environment.totals.sources).toBe(0);
  become("ada");
  expect(environment.totals.sources).toBe(1);
});

it("goes on while it is not known for a moment, and ends when nobody is signed in", async () => {
  const { environment, become, answer, jobs } = renderSession("ada");
  await answer();
  become(undefined);
  become("ada");
  expect([environment.totals.sources, jobs()]).toEqual([1, ["run:1"]]);
  become(null);
  expect([environment.open().sources, jobs()]).toEqual([0, []]);
});

it("ends one session and begins the next when another person signs in", async () => {
  const { environment, become, answer, jobs } = renderSession("ada");
  await answer();
  become("grace");
  expect(environment.totals.sources).toBe(2);
  expect(environment.open().sources).toBe(1);
  expect(jobs()).toEqual([]);
});

it("ends when the component is gone", async () => {
  const { environment, unmount } = renderSession("ada");
  unmount();
  await pass();
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
});

it("begins anew for the same person after the server has ended the session", async () => {
  const { environment, become, onUnauthorized } = renderSession("ada");
  await act(async () => {
    environment.request().respond({}, 401);
    await environment.settle();
  });
  expect(onUnauthorized).toHaveBeenCalledOnce();
  become(null);
  become("ada");
  expect(environment.totals.sources).toBe(2);
});

it("signs out, and polls on demand", async () => {
  const { environment, result, answer, jobs } = renderSession("ada");
  await answer();
  act(() => result.current.refresh());
  expect(environment.totals.requests).toBe(2);
  act(() => result.current.signOut());
  expect([environment.open().sources, jobs()]).toEqual([0, []]);
});

it("gives raw events to who listened before the sync began, and on into the next session", () => {
  const { environment, become, result } = renderSession(undefined);
  const listener = vi.fn<(data: string) => void>();
  const { onEvent } = result.current;
  const cancel = onEvent("runs", "run-log", listener);
  for (const session of ["ada", null, "grace"]) {
    become(session);
    if (session === null) continue;
    environment.source().init([]);
    environment.source().send("run-log", session);
  }
  cancel();
  environment.source().send("run-log", "nobody listens");
  expect(listener.mock.calls).toEqual([["ada"], ["grace"]]);
  expect(result.current.onEvent).toBe(onEvent);
});

it("ends before anything else can be mounted, also where a test holds the time", async () => {
  const { environment, unmount } = renderSession("ada");
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  unmount();
  await Promise.resolve();
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
});

/** A page whose header may be in one of two layouts, or in both. */
function renderLayouts() {
  const environment = createFakeEnvironment();
  const onUnauthorized = vi.fn<() => void>();
  const Header = () => {
    useBackendSync({ session: "ada", environment, onUnauthorized });
    return <header />;
  };
  const layouts = {
    wide: <div key="wide">{<Header />}</div>,
    narrow: <main key="narrow">{<Header />}</main>,
  };
  const page = (...names: (keyof typeof layouts)[]) => <>{names.map((name) => layouts[name])}</>;
  const store = createActivityStore();
  const { rerender } = renderWithStore(page("wide"), store);
  return {
    environment,
    onUnauthorized,
    show: async (...names: (keyof typeof layouts)[]) => {
      rerender(<ActivityStoreProvider store={store}>{page(...names)}</ActivityStoreProvider>);
      await pass();
    },
    answer: async () => {
      environment.source().init([runJob("1", "running")]);
      environment.request().respond({ builds: [] });
      await act(() => environment.settle());
    },
    jobs: () => Object.keys(store.getState().backendJobs),
    statuses: () => Object.values(store.getState().connection).map(({ status }) => status),
  };
}

it("goes on with the same connections where another component takes its place", async () => {
  const { environment, show, answer, jobs, statuses } = renderLayouts();
  await answer();
  await show("narrow");
  expect(environment.totals.sources).toBe(1);
  expect([jobs(), statuses()]).toEqual([["run:1"], ["live", "live"]]);
});

it("is one for all components of a store, until the last of them is gone", async () => {
  const { environment, show, answer, jobs } = renderLayouts();
  await show("wide", "narrow");
  await answer();
  expect(environment.totals.sources).toBe(1);
  await show("narrow");
  expect([environment.open().sources, jobs()]).toEqual([1, ["run:1"]]);
  await show();
  expect([environment.open().sources, jobs()]).toEqual([0, []]);
});

it("lets each component know that the session has ended", async () => {
  const { environment, show, onUnauthorized } = renderLayouts();
  await show("wide", "narrow");
  environment.request().respond({}, 401);
  await act(() => environment.settle());
  expect(onUnauthorized).toHaveBeenCalledTimes(2);
});

it("ends for one with other sources that takes its place, although both follow the same kinds", async () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const imports = defineJobKind({
    name: "import",
    noun: "Import",
    statuses: { running: "working" },
    parse: (id: string) => ({ id, status: "running" }),
  });
  const own = defineSource({ name: "imports", kinds: [imports], start: () => () => {} });
  const Header = ({ isAdmin = false }) => {
    const options = isAdmin ? { sources: [...buildsAndRuns(), own] } : {};
    useBackendSync({ session: "ada", environment, ...options });
    return <header />;
  };
  const layouts = { user: <Header key="user" />, admin: <Header key="admin" isAdmin /> };
  const { rerender } = renderWithStore(layouts.user, store);
  const show = async (header: ReactNode) => {
    rerender(<ActivityStoreProvider store={store}>{header}</ActivityStoreProvider>);
    await pass();
    return Object.keys(store.getState().connection).toSorted();
  };
  expect(await show(layouts.admin)).toEqual(["builds", "imports", "runs"]);
  expect(await show(layouts.user)).toEqual(["builds", "runs"]);
  expect(environment.open().sources).toBe(1);
});

it("sends each request by the latest fetch, whose token may have been renewed", async () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const sent: string[] = [];
  const { rerender } = renderHookWithStore(
    ({ token }: { token: string }) =>
      useBackendSync({
        session: "ada",
        environment,
        fetch(...request) {
          sent.push(token);
          return environment.fetch(...request);
        },
        openEventSource(url) {
          sent.push(`${token} of ${url}`);
          return environment.openEventSource(url);
        },
      }),
    { token: "old" },
    store,
  );
  rerender({ token: "new" });
  environment.request().respond({ builds: [] });
  environment.source().fail();
  await act(() => environment.advance(5_000));
  expect(new Set(sent.slice(0, 2))).toEqual(new Set(["old", "old of /api/runs/stream"]));
  expect(new Set(sent.slice(2))).toEqual(new Set(["new", "new of /api/runs/stream"]));
});

it("goes on where somebody listens to a source that is not there, and with those behind that", async () => {
  const uncaught = catchUncaught();
  const { environment, become, result } = renderSession(undefined);
  const listener = vi.fn<(data: string) => void>();
  result.current.onEvent("run", "run-log", listener);
  result.current.onEvent("runs", "run-log", listener);
  become("ada");
  environment.source().init([]);
  environment.source().send("run-log", "heard");
  expect(listener.mock.calls).toEqual([["heard"]]);
  await vi.waitFor(() =>
    expect(uncaught).toEqual(['onEvent: there is no source "run" here, but "runs", "builds"']),
  );
});

it("begins anew where its sources have become others, such as those of another tenant", () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const { rerender } = renderHookWithStore(
    ({ tenant }: { tenant: string }) =>
      useBackendSync({ session: "ada", environment, baseUrl: `/${tenant}` }),
    { tenant: "acme" },
    store,
  );
  rerender({ tenant: "acme" });
  expect(environment.totals.sources).toBe(1);
  rerender({ tenant: "globex" });
  expect(environment.sources.map(({ url }) => url)).toEqual(["/globex/runs/stream"]);
});

it("is signed out of in the middle of its start, by a subscriber of the store", async () => {
  const environment = createFakeEnvironment();
  const store = createActivityStore();
  const Header = () => {
    const { signOut } = useBackendSync({ session: "ada", environment });
    // Before the effect that starts it.
    useInsertionEffect(() => {
      const unsubscribe = store.subscribe(() => {
        unsubscribe();
        signOut();
      });
    }, [signOut]);
    return null;
  };
  renderWithStore(<Header />, store);
  await pass();
  expect(environment.open()).toEqual({ timers: 0, requests: 0, sources: 0, wakeListeners: 0 });
});

it("lets the host know of bad input by whichever component asks for it", async () => {
  const environment = createFakeEnvironment();
  const onError = vi.fn<() => void>();
  const Header = ({ asks }: { asks: boolean }) => {
    useBackendSync({ session: "ada", environment, ...(asks && { onError }) });
    return null;
  };
  renderWithStore([<Header key="first" asks={false} />, <Header key="second" asks />]);
  environment.source().init([runJob("1", "running"), runJob("", "running")]);
  await pass();
  expect(onError).toHaveBeenCalledOnce();
});
