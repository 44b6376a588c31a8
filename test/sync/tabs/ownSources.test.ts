// What a source of a host's own does in a tab that leads.
import { expect, it } from "vitest";
import { createActivityStore } from "../../../src/store/activityStore.ts";
import type { Source } from "../../../src/sync/sources/source.ts";
import { catchUncaught } from "../../support/catchUncaught.ts";
import { createHandSource, kindOf } from "../../support/sync/byHand.ts";
import { createFakeBrowser } from "../../support/tabs/fakeBrowser.ts";

const { kind: alpha, job: a } = kindOf("alpha");
const { kind: beta, job: b } = kindOf("beta");

const of = (...own: readonly { readonly source: Source }[]): object => ({
  sources: own.map(({ source }) => source),
});

it("one that cannot be started when its tab is elected is lost, and tried again", async () => {
  const uncaught = catchUncaught();
  const browser = createFakeBrowser();
  const before = createHandSource(alpha);
  const own = createHandSource(alpha, {
    onStart(_sink, _context, attempt) {
      if (attempt === 1) throw new Error("no token yet");
    },
  });
  const first = await browser.open(of(before));
  const second = await browser.open(of(own));
  before.sink().snapshot(alpha, [a("1")]);
  await browser.settle();
  first.close();
  await browser.settle();
  expect(second.store.getState().connection["alpha"]?.status).toBe("lost");
  expect(second.active()).toEqual(["alpha running…"]);
  await browser.advance(5_000);
  own.sink().snapshot(alpha, []);
  expect(second.store.getState().connection["alpha"]?.status).toBe("live");
  expect(second.active()).toEqual([]);
  expect(uncaught).toEqual(["no token yet"]);
});

it("one that answers while it starts takes from the others what is gone", async () => {
  const browser = createFakeBrowser();
  let listed = [a("1")];
  const open = () =>
    browser.open(of(createHandSource(alpha, { onStart: (sink) => sink.snapshot(alpha, listed) })));
  const first = await open();
  await open();
  const third = await open();
  await browser.advance(100);
  expect(third.active()).toEqual(["alpha running…"]);
  listed = [];
  first.crash();
  await browser.settle();
  expect(third.active()).toEqual([]);
});

it("are known to a tab that follows, though a subscriber has reset its store while it started", async () => {
  const browser = createFakeBrowser();
  const leading = createHandSource(alpha);
  await browser.open(of(leading));
  leading.sink().snapshot(alpha, [a("1")]);
  const store = createActivityStore();
  let isReset = false;
  store.subscribe(({ connection }) => {
    if (isReset || Object.keys(connection).length === 0) return;
    isReset = true;
    store.setState(store.getInitialState(), true);
  });
  await browser.open({ ...of(createHandSource(alpha)), store });
  await browser.settle();
  expect(isReset).toBe(true);
  expect(store.getState().connection["alpha"]?.status).toBe("live");
});

it("all are started anew when a subscriber resets the store while they start", async () => {
  const browser = createFakeBrowser();
  const store = createActivityStore();
  const before = [createHandSource(alpha), createHandSource(beta)] as const;
  const own = [createHandSource(alpha), createHandSource(beta)] as const;
  const first = await browser.open(of(...before));
  before[0].sink().snapshot(alpha, []);
  before[1].sink().snapshot(beta, []);
  let isReset = false;
  store.subscribe(() => {
    if (isReset || own[0].attempts.length === 0) return;
    isReset = true;
    store.setState(store.getInitialState(), true);
  });
  const second = await browser.open({ ...of(...own), store });
  first.close();
  await browser.settle();
  expect(isReset).toBe(true);
  own[0].sink().snapshot(alpha, [a("1")]);
  own[1].sink().snapshot(beta, [b("1")]);
  expect(second.active()).toEqual(["beta running…", "alpha running…"]);
});
