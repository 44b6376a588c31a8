// Words are replaceable: a host that gives its own for all of them sees and hears no other.
import { act } from "@testing-library/react";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import {
  ActiveActionIndicator,
  defaultLabels,
  type IndicatorLabels,
  useDocumentTitle,
} from "../../src/react.ts";
import type { RequestAction } from "../../src/store/requestActions.ts";
import { build, many, run } from "../support/jobs.ts";
import { openListByHand } from "../support/openListByHand.ts";
import { holdTime, passTime } from "../support/renderIndicator.tsx";
import { renderWithStore } from "../support/renderWithStore.tsx";

beforeEach(holdTime);

/** Every word is its own name, with the texts that it is made of in it. */
const namedLabels: IndicatorLabels = new Proxy(defaultLabels, {
  get: (_, name) =>
    typeof Reflect.get(defaultLabels, name) === "string"
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

const refuse = () => Promise.reject(new Error("-"));

function Host() {
  useDocumentTitle({ labels: namedLabels });
  return <ActiveActionIndicator labels={namedLabels} onStopJob={refuse} />;
}

it("every word is the host's own, in all states", async () => {
  document.title = "";
  const { store, container } = renderWithStore(<Host />);
  const { getState } = store;
  const seen: string[] = [];
  const look = () => seen.push(everyWord(container));
  const steps: Array<() => unknown> = [
    () => {},
    () => openListByHand(container),
    () => connect("connecting"),
    () => connect("live"),
    () => getState().registerRequestAction("-"),
    () => Object.values(getState().requestActions).forEach(complete),
    () => say(build("1", "pending"), run("2", "running")),
    () => container.querySelectorAll<HTMLElement>("li button").forEach((stop) => stop.click()),
    () => say(build("1", "running")),
    () => getState().applyJobSnapshot("run", []),
    () => getState().applyJobSnapshot("run", [run("2", "running")]),
    () => say(build("1", "failed")),
    () => connect("lost"),
    () => connect("live"),
    () => say(...many(9, (n) => build(`more-${n}`, "running"))),
    () => openListByHand(container, "closed"),
    () => say(build("more-1", "failed")),
    () => setVisibility("hidden"),
  ];
  const say = (...jobs: ReturnType<typeof build>[]) => getState().applyJobUpdates(jobs);
  const complete = ({ key }: RequestAction) => getState().completeRequestAction(key);
  function connect(status: "connecting" | "live" | "lost") {
    getState().setConnectionStatus("runs", status);
    getState().setConnectionStatus("builds", status);
  }

  for (const step of steps) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await act(async () => step());
    passTime(3_000);
    look();
    passTime(5_000);
    look();
  }

  const text = seen.join("\n");
  const unsaid = Object.keys(defaultLabels).filter((name) => !text.includes(`<${name}`));
  expect(unsaid).toEqual([]);
  // What is no word of the host's: its requests' labels, badges, times, and what joins the parts.
  const others = text.replaceAll(/<[^<>]*(<[^<>]*(<[^<>]*>[^<>]*)*>[^<>]*)*>|\+\d+|\d+:\d\d/g, "");
  expect(others.replaceAll(/[-\s]/g, "")).toBe("");
});

function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  onTestFinished(() => void vi.restoreAllMocks());
  document.dispatchEvent(new Event("visibilitychange"));
}
