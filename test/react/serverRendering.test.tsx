// @vitest-environment node
import { drive } from "../support/jobs/drive.ts";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  useActiveAsyncActions,
  useAsyncAction,
  useBackendSync,
} from "../../src/react.ts";
import { createActivityStore } from "../../src/store/activityStore.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { run } from "../support/jobs/jobs.ts";

function Count() {
  return <p>{useActiveAsyncActions().length} going on</p>;
}

it("renders Idle on a server, where there is no window", () => {
  expect(typeof window).toBe("undefined");
  const html = renderToString(<ActiveActionIndicator />);
  expect(html).toContain(">Idle<");
  expect(html).toContain('aria-live="polite"');
  expect(html).toMatch(/aria-label="Idle"/);
});

it("renders the initial state of a given store, so that the browser's first render is the same", () => {
  const store = createActivityStore();
  drive(store).applyJobUpdates([run("1", "running")]);
  const html = renderToString(
    <ActivityStoreProvider store={store}>
      <ActiveActionIndicator />
      <Count />
    </ActivityStoreProvider>,
  );
  expect(html).toContain(">Idle<");
});

function Header() {
  useBackendSync({ session: "ada" });
  const { busy } = useAsyncAction(() => {});
  return busy ? null : <ActiveActionIndicator />;
}

it("has React complain of nothing on a server, of no hook either", () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(renderToString(<Header />)).toContain(">Idle<");
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

it("does not end the server's process for a word that throws: it is on the console", async () => {
  const uncaught = catchUncaught();
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const labels = Object.defineProperty({}, "idle", { get: fail, enumerable: true });
  const html = renderToString(<ActiveActionIndicator labels={labels} />);
  await new Promise((resolve) => setTimeout(resolve));
  expect(html).toContain('aria-label="Idle"');
  expect(logged.mock.calls).toEqual([[new Error("no word on a server")]]);
  expect(uncaught).toEqual([]);
  logged.mockRestore();
});

function fail(): never {
  throw new Error("no word on a server");
}
