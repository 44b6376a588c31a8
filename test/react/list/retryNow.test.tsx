// The one thing that can be done about a lost connection.
import { act, fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { startBackendSync } from "../../../src/index.ts";
import { ActiveActionIndicator } from "../../../src/react.ts";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import { createFakeEnvironment } from "../../../src/testing.ts";
import { holdTime, passTime } from "../../support/indicator/renderIndicator.tsx";
import { openListByHand } from "../../support/indicator/openListByHand.ts";
import { renderWithStore } from "../../support/indicator/renderWithStore.tsx";
import { buildJob } from "../../support/sync/wire.ts";

it("Retry now has a lost source asked at once, and the notice goes with its answer", async () => {
  holdTime();
  const environment = createFakeEnvironment({ startAt: Date.now() });
  const store = createActivityStore();
  const { stop } = startBackendSync({ store, environment });
  const { container } = renderWithStore(<ActiveActionIndicator />, store);
  await act(async () => {
    environment.source().init([]);
    environment.request().respond({ builds: [buildJob("1", "running")] });
    await environment.advance(5_000);
  });
  // Five failures on end: it is asked again only after a long while.
  for (let failures = 0; failures < 5; failures += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one failure after the other
    await act(async () => {
      environment.requests.at(-1)?.fail();
      await environment.advance(environment.nextTimerMs() ?? 0);
    });
  }
  passTime(6_000);
  openListByHand(container);
  const asked = environment.totals.requests;
  await act(async () => {
    fireEvent.click(screen.getByText("Retry now"));
    await environment.settle();
  });
  expect(environment.totals.requests).toBe(asked + 1);
  await act(async () => {
    environment.request().respond({ builds: [buildJob("1", "running")] });
    await environment.settle();
  });
  expect(container.querySelector('[data-part="notice"]')).toBeNull();
  stop();
});
