// Words are replaceable: a host that gives its own for all of them sees and hears no other.
import { drive } from "../support/jobs/drive.ts";
import { act, cleanup } from "@testing-library/react";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  ActiveActionIndicator,
  defaultLabels,
  type IndicatorLabels,
  useDocumentTitle,
} from "../../src/react.ts";
import { defineJobKind } from "../../src/jobs/defineJobKind.ts";
import type { RequestAction } from "../../src/store/requestActions.ts";
import { catchUncaught } from "../support/catchUncaught.ts";
import { build, many, run } from "../support/jobs/jobs.ts";
import { openListByHand } from "../support/indicator/openListByHand.ts";
import {
  holdTime,
  indicatorName,
  indicatorText,
  passTime,
} from "../support/indicator/renderIndicator.tsx";
import { renderWithStore } from "../support/indicator/renderWithStore.tsx";

beforeEach(holdTime);

/** Every word is its own name, with the texts that it is made of in it. */
const namedLabels: IndicatorLabels = new Proxy(defaultLabels, {
  get: (_, name) =>
    // Times are written by it, and it is no word itself.
    name === "locale"
      ? "en"
      : typeof Reflect.get(defaultLabels, name) === "string"
        ? `<${String(name)}>`
        : (...parts: unknown[]) => {
            const texts = parts.filter((part) => typeof part === "string");
            return `<${String(name)}${texts.join("")}>`;
          },
});

/** All that the page says in one text: what is seen, what it is called, what is heard. */
function everyWord(container: Element): string {
  const named = [...container.querySelectorAll("[aria-label]")];
  const names = named.map((element) => element.getAttribute("aria-label"));
  return [container.textContent, document.title, ...names].join("\n");
}

/** An observer that says at once what size there is, since in jsdom none changes. */
class SizeAtOnce {
  private readonly say: () => void;
  constructor(say: () => void) {
    this.say = say;
  }
  observe(): void {
    this.say();
  }
  disconnect(): void {}
}

// It takes its time, so that it is seen under way too.
const refuse = () =>
  new Promise<never>((_, reject) => setTimeout(() => reject(new Error("-")), 4_000));

function Host({ labels }: { labels: Partial<IndicatorLabels> }) {
  useDocumentTitle({ labels });
  return (
    <ActiveActionIndicator
      labels={labels}
      onStopJob={refuse}
      actions={{ build: { retry: refuse } }}
    />
  );
}

const reviews = defineJobKind({
  name: "review",
  noun: "Review",
  statuses: { going: "working", review: "waiting" },
  parse: (job: { id: string; status: "going" | "review" }) => ({ ...job, progress: 0.5 }),
});

/** All that the page says with these words, in all states, one after the other. */
async function everyState(labels: Partial<IndicatorLabels>): Promise<string[]> {
  document.title = "";
  // Each time at the same time of day: it is shown.
  vi.setSystemTime("2026-01-05T12:00:00Z");
  const { store, container } = renderWithStore(<Host labels={labels} />);
  const { getState } = store;
  const seen: string[] = [];
  const look = () => seen.push(everyWord(container));
  const steps: Array<() => unknown> = [
    () => {},
    () => openListByHand(container),
    () => connect("connecting"),
    () => connect("lost"),
    () => connect("live"),
    () => connect("lost"),
    () => connect("live"),
    () => getState().registerRequestAction("-"),
    () => Object.values(getState().requestActions).forEach(complete),
    () => say(build("1", "pending"), run("2", "running")),
    () => container.querySelectorAll<HTMLElement>("li button").forEach((stop) => stop.click()),
    () => say(build("1", "running")),
    () => drive(store).applyJobSnapshot("run", []),
    () => drive(store).applyJobSnapshot("run", [run("2", "running")]),
    () => say(build("1", "failed")),
    () => connect("lost"),
    () => connect("live"),
    () => say(...many(3, (n) => build(`usual-${n}`, "running", { projectId: "docs" }))),
    () => say(...many(3, (n) => build(`usual-${n}`, "succeeded", { projectId: "docs" }))),
    () => say(build("long", "running", { projectId: "docs" })),
    () => say(reviews.parse({ id: "1", status: "going" })),
    () => say(reviews.parse({ id: "1", status: "review" })),
    () => say(...many(60, (n) => build(`more-${n}`, "running"))),
    () => openListByHand(container, "closed"),
    () => say(build("more-1", "failed")),
    () => setVisibility("hidden"),
  ];
  // Of a text that does not fit jsdom knows nothing.
  vi.stubGlobal("ResizeObserver", SizeAtOnce);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(99);
  const say = (...jobs: ReturnType<typeof build>[]) => drive(store).applyJobUpdates(jobs);
  const complete = ({ key }: RequestAction) => getState().completeRequestAction(key);
  function connect(status: "connecting" | "live" | "lost") {
    drive(store).setConnectionStatus("runs", status);
    drive(store).setConnectionStatus("builds", status);
  }

  for (const step of steps) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await act(async () => step());
    passTime(3_000);
    look();
    passTime(5_000);
    look();
    expect(textsWithNeighbours(container)).toEqual([]);
  }
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  return seen;
}

/** The texts that are not alone in their element: React loses them when a translation wraps them. */
function textsWithNeighbours(container: Element): string[] {
  const texts = document.createNodeIterator(container, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (text.parentNode?.childNodes.length !== 1) found.push(text.textContent ?? "");
  return found;
}

it("every word is the host's own, in all states", async () => {
  const text = (await everyState(namedLabels)).join("\n");
  const words = Object.keys(defaultLabels).filter((name) => name !== "locale");
  const unsaid = words.filter((name) => !text.includes(`<${name}`));
  expect(unsaid).toEqual([]);
  // What is no word of the host's: its requests' labels, badges, times, and what joins the parts.
  const times = /\d+ (s|min)( ago)?|just now/g;
  let others = text.replaceAll(times, "").replaceAll(/[+×]\d+|\d+:\d\d/g, "");
  // The innermost first: one word may be in another.
  while (/<[^<>]*>/.test(others)) others = others.replaceAll(/<[^<>]*>/g, "");
  expect(others.replaceAll(/[-\s,\d]/g, "")).toBe("");
});

/** Every word made anew, by its name. */
function makeLabels(make: (name: string) => unknown): Partial<IndicatorLabels> {
  return Object.fromEntries(Object.keys(defaultLabels).map((name) => [name, make(name)]));
}

const isFunction = (name: string) => typeof Reflect.get(defaultLabels, name) === "function";

describe("the default is said, and the host's error tracking has it once, for a word that", () => {
  it.each<[string, (name: string) => unknown, expected: (name: string) => string]>([
    ["throws", throwing, (name) => `${name} threw`],
    [
      "gives no text",
      () => () => ({}),
      (name) => `labels.${name}: expected a string, got an object`,
    ],
    ["is neither", () => 7, (name) => `labels.${name}: expected a ${typeOf(name)}`],
  ])(
    "%s",
    async (_, make, expected) => {
      const uncaught = catchUncaught();
      const asByDefault = await everyState({});
      const seen = await everyState(makeLabels(make));
      expect(seen).toEqual(asByDefault);
      const names = Object.keys(defaultLabels);
      for (const name of names.filter(isFunction))
        expect(uncaught.filter((message) => message.startsWith(expected(name)))).toHaveLength(1);
      expect(uncaught.length).toBeLessThanOrEqual(names.length);
    },
    20_000,
  );
});

function throwing(name: string): unknown {
  return () => {
    throw new Error(`${name} threw`);
  };
}

function typeOf(name: string): string {
  return isFunction(name) ? "function" : "string";
}

it("a word may be a method, as of a class that translates", () => {
  class Words {
    readonly server = "Dienst";
    job() {
      return `${this.server} läuft`;
    }
  }
  const { store } = renderWithStore(<ActiveActionIndicator labels={new Words()} />);
  act(() => drive(store).applyJobUpdates([run("1", "running")]));
  expect(indicatorText()).toBe("Dienst läuft");
});

it("a word that is empty is none: nothing is said, and no full stop", () => {
  const labels = { idle: "", saidStarted: () => "" };
  const { store, container } = renderWithStore(<ActiveActionIndicator labels={labels} />);
  act(() => store.getState().registerBackendJob("deploy:1", "Deploying"));
  passTime(3_000);
  expect(container.querySelector("[aria-live]")?.textContent).toBe("");
});

it("the chip has a name where its host leaves out the word that it shows", () => {
  const { store } = renderWithStore(
    <ActiveActionIndicator labels={{ idle: "", job: () => "", listTitle: "Jobs" }} />,
  );
  expect(indicatorName()).toBe("Jobs");
  act(() => store.getState().registerBackendJob("deploy:1", "Deploying"));
  expect(indicatorName()).toBe("Jobs");
});

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  onTestFinished(() => void vi.restoreAllMocks());
  document.dispatchEvent(new Event("visibilitychange"));
}
