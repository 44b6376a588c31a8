import { expect, it } from "vitest";
import { build } from "../../support/jobs/jobs.ts";
import { startFakeSync } from "../../support/sync/harness.ts";
import { buildJob } from "../../support/sync/wire.ts";

it("slows the poll to one a minute while the page is hidden", async () => {
  const { environment } = startFakeSync();
  environment.hide();
  environment.request().respond({ builds: [] });
  await environment.advance(59_999);
  expect(environment.totals.requests).toBe(1);
  await environment.advance(1);
  expect(environment.totals.requests).toBe(2);
});

it("slows it so too while a build that was asked for here goes on for hours", async () => {
  const { environment, store } = startFakeSync();
  const running = { builds: [buildJob("b1", "running")] };
  environment.request().respond(running);
  await environment.settle();
  store.getState().applyJobHint(build("b1", "running"));
  await environment.settle();
  environment.sleep(3_600_000);
  environment.hide();
  environment.request().respond(running);
  const before = environment.totals.requests;
  await environment.advance(59_999);
  expect(environment.totals.requests).toBe(before);
});

it("polls at once when the page becomes visible, and is back at its pace", async () => {
  const { environment } = startFakeSync({ world: { isHidden: true } });
  environment.request().respond({ builds: [] });
  await environment.advance(30_000);
  environment.show();
  expect(environment.request().sentAt).toBe(30_000);
  environment.request().respond({ builds: [] });
  await environment.advance(5_000);
  expect(environment.totals.requests).toBe(3);
});

it("asks exactly once more when the page becomes visible during a poll", async () => {
  const { environment } = startFakeSync({ world: { isHidden: true } });
  environment.show();
  expect(environment.totals.requests).toBe(1);
  environment.request().respond({ builds: [] });
  await environment.settle();
  expect(environment.totals.requests).toBe(2);
});

it("keeps the stream while the page is hidden", async () => {
  const { environment, connection } = startFakeSync();
  environment.source().init([]);
  environment.hide();
  await environment.advance(50_000);
  environment.show();
  expect(environment.totals.sources).toBe(1);
  expect(connection().runs).toBe("live");
});

it("polls no faster while it fails on a hidden page", async () => {
  const { environment } = startFakeSync();
  environment.hide();
  environment.request().fail();
  await environment.advance(59_000);
  expect(environment.totals.requests).toBe(1);
  await environment.advance(1_000);
  expect(environment.totals.requests).toBe(2);
});
