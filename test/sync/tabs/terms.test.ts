import { describe, expect, it } from "vitest";
import { createTerms } from "../../../src/sync/tabs/election.ts";

const noon = Date.UTC(2026, 0, 5, 12);

function createTabTerms(tab: string, at = noon) {
  return createTerms(tab, () => at);
}

describe("a new term", () => {
  it("is the moment in which it begins, so that whoever is elected last has the highest", () => {
    const first = createTabTerms("b", noon).begin();
    const second = createTabTerms("a", noon + 1).begin();
    expect(second.term).toBeGreaterThan(first.term);
  });

  it("is higher than any that is known, also where the clock was set back", () => {
    const terms = createTabTerms("a", noon - 86_400_000);
    terms.follow({ from: "b", term: noon });
    expect(terms.begin()).toEqual({ from: "a", term: noon + 1 });
    expect(terms.begin()).toEqual({ from: "a", term: noon + 2 });
  });

  it("is higher than one that is known from hearsay", () => {
    const terms = createTabTerms("a");
    terms.learn({ from: "b", term: noon + 7 });
    expect(terms.begin().term).toBe(noon + 8);
  });
});

describe("a term that is gone on with", () => {
  it("is newer than any that is known, and older than one that has begun since", () => {
    const terms = createTerms("a", () => noon + 15_000);
    terms.learn({ from: "b", term: noon });
    expect(terms.renew()).toEqual({ from: "a", term: noon + 1 });
    expect(terms.latest()).toEqual({ from: "a", term: noon + 1 });
    expect(terms.isOutdated(createTabTerms("c", noon + 2).begin())).toBe(false);
  });
});

describe("whose word counts", () => {
  it("is the newest leader's", () => {
    const terms = createTabTerms("me");
    terms.follow({ from: "a", term: 2 });
    expect(terms.isOutdated({ from: "b", term: 1 })).toBe(true);
    expect(terms.isOutdated({ from: "a", term: 2 })).toBe(false);
    expect(terms.isOutdated({ from: "b", term: 3 })).toBe(false);
  });

  it("is the same one's in every tab, of two that began at the same moment", () => {
    const [a, b] = [
      { from: "a", term: 5 },
      { from: "b", term: 5 },
    ];
    const heardAFirst = createTabTerms("x");
    heardAFirst.follow(a);
    expect(heardAFirst.isOutdated(b)).toBe(false);
    const heardBFirst = createTabTerms("y");
    heardBFirst.follow(b);
    expect(heardBFirst.isOutdated(a)).toBe(true);
  });
});

describe("following", () => {
  it("tells another leader from the same one, and from the same one's later term", () => {
    const terms = createTabTerms("me");
    expect(terms.follow({ from: "a", term: 1 })).toBe(true);
    expect(terms.follow({ from: "a", term: 1 })).toBe(false);
    expect(terms.follow({ from: "a", term: 2 })).toBe(true);
    expect(terms.follow({ from: "b", term: 3 })).toBe(true);
  });

  it("takes a leader that it knows from hearsay for another one: it has no picture of it", () => {
    const terms = createTabTerms("me");
    terms.follow({ from: "a", term: 1 });
    terms.learn({ from: "b", term: 2 });
    expect(terms.isOutdated({ from: "a", term: 1 })).toBe(true);
    expect(terms.follow({ from: "b", term: 2 })).toBe(true);
  });
});

describe("a leader that another tab knows of", () => {
  it("is newer or it is not: this one and an older one change nothing", () => {
    const terms = createTabTerms("b", 5);
    expect(terms.begin()).toEqual({ from: "b", term: 5 });
    const known = [
      { from: "b", term: 5 },
      { from: "a", term: 5 },
      { from: "z", term: 4 },
      { from: "c", term: 5 },
    ];
    expect(known.map(terms.learn)).toEqual([false, false, false, true]);
    expect(terms.latest()).toEqual({ from: "c", term: 5 });
  });
});
