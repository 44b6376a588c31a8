import { describe, expect, it } from "vitest";
import { startFakeSync } from "../../support/sync/harness.ts";

const late = { random: () => 0.999 };

async function startLive() {
  const started = startFakeSync({ world: late });
  started.environment.source().init([]);
  started.environment.request().respond({ builds: [] });
  await started.environment.advance(1_000);
  return started;
}

describe.each(["online", "restored"] as const)("%s", (reason) => {
  it("doubts a stream that looks live: opens a new one, and keeps the old until its init", async () => {
    const { environment, connection } = await startLive();
    const old = environment.source();
    environment.wake(reason);
    expect(environment.sources).toHaveLength(2);
    expect(connection().runs).toBe("live");
    environment.source().init([]);
    expect(old.isClosed()).toBe(true);
  });

  it("opens no third stream when it comes again before the second has answered", async () => {
    const { environment } = await startLive();
    environment.wake(reason);
    environment.wake(reason);
    expect(environment.sources).toHaveLength(2);
  });
});

describe.each(["online", "visible", "restored"] as const)("%s", (reason) => {
  it("does not wait for the backoff of a lost stream", async () => {
    const { environment, connection } = await startLive();
    environment.source().fail();
    expect(environment.sources).toHaveLength(0);
    environment.wake(reason);
    expect(environment.sources).toHaveLength(1);
    environment.source().init([]);
    await environment.advance(4_000);
    expect(environment.totals.sources).toBe(2);
    expect(connection().runs).toBe("live");
  });

  it("polls at once, also a poll that waits for its backoff", async () => {
    const { environment, sync } = await startLive();
    sync.refresh();
    environment.request().fail();
    await environment.settle();
    environment.wake(reason);
    expect(environment.requests).toHaveLength(1);
  });
});

describe("visible", () => {
  it("is no reason to doubt a stream that was heard a moment ago", async () => {
    const { environment } = await startLive();
    environment.show();
    expect(environment.totals.sources).toBe(1);
  });

  it("looks at once whether the machine slept", async () => {
    const { environment } = await startLive();
    environment.sleep(3_600_000);
    environment.show();
    expect(environment.sources).toHaveLength(2);
  });
});
