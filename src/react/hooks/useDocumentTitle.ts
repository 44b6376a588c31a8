import { useEffect, useRef } from "react";
import type { ActivityState } from "../../store/activityStore.ts";
import { selectActiveCount, selectIsUnknown, selectLabel } from "../../store/selectors.ts";
import { useActivityStore } from "./useActivity.ts";
import { completeLabels, defaultLabels, type IndicatorLabels } from "../labels.ts";

/** Options of {@link useDocumentTitle}. */
export interface DocumentTitleOptions {
  /** Labels in place of the default ones. */
  labels?: Partial<IndicatorLabels> | undefined;
}

/**
 * While the page is hidden, puts what is going on before its title, and takes it away again when
 * the page is visible, when nothing goes on, or when the component is gone. Safe to use twice.
 */
export function useDocumentTitle({ labels }: DocumentTitleOptions = {}): void {
  const store = useActivityStore();
  const latest = useRef(defaultLabels);
  const shows = useRef<() => void>(undefined);

  // Other labels are no reason to begin anew: a host may give them with each render.
  useEffect(() => {
    latest.current = completeLabels(labels);
    shows.current?.();
  }, [labels]);

  useEffect(() => {
    const title = findPageTitle();
    const user = {};

    function show(): void {
      const { current } = latest;
      const isHidden = document.visibilityState === "hidden";
      const text = isHidden ? stateText(store.getState(), current) : "";
      title.set(user, text === "" ? undefined : (own) => current.pageTitle(text, own));
    }

    show();
    shows.current = show;
    const unsubscribe = store.subscribe(show);
    document.addEventListener("visibilitychange", show);
    return () => {
      shows.current = undefined;
      unsubscribe();
      document.removeEventListener("visibilitychange", show);
      title.set(user, undefined);
    };
  }, [store]);
}

function stateText(state: ActivityState, labels: IndicatorLabels): string {
  const isIdle = selectActiveCount(state) === 0 && !selectIsUnknown(state);
  return isIdle ? "" : selectLabel(state, labels);
}

/** Makes a title out of the page's own. */
export type TitleWriter = (own: string) => string;

/** The title of a page, and those who want to put something of theirs into it. */
export interface PageTitle {
  /**
   * Has `write` make the title in the name of `user`; `undefined` takes that back. Where several
   * want to, the first of them does.
   */
  set: (user: object, write: TitleWriter | undefined) => void;
}

const key = Symbol.for("active-indicator.pageTitle");

/** The page's title: one for all who use it, also for another copy of this library on the page. */
function findPageTitle(): PageTitle {
  const title: PageTitle = Reflect.get(document, key) ?? createPageTitle();
  Reflect.set(document, key, title);
  return title;
}

function createPageTitle(): PageTitle {
  const writers = new Map<object, TitleWriter>();
  let written = "";
  let own = "";
  let count = new RegExp("^");

  function update(): void {
    const [write] = writers.values();
    const { before, after } = read(document.title);
    // An empty text could not be found again in the title, whose own one would be lost.
    const text = collapseSpace(write?.(own) ?? "") || own;
    const title = before + text + after;
    if (document.title !== title) document.title = title;
    if (write) written = text;
  }

  // Host and other scripts may change the title at any time. What one puts around what was written
  // here, such as a count of messages, stays around it; anything else is the page's own title. A
  // count stays at the beginning, or its script would not find it there, and put another one.
  function read(title: string): { before: string; after: string } {
    const at = written === "" ? -1 : title.indexOf(written);
    if (at >= 0) {
      const before = title.slice(0, at);
      count = likeCount(before);
      own = own.replace(count, "");
      return { before, after: title.slice(at + written.length) };
    }
    own = title.replace(count, "");
    return { before: title.slice(0, title.length - own.length), after: "" };
  }

  return {
    set(user, write) {
      if (write) writers.set(user, write);
      else writers.delete(user);
      update();
    },
  };
}

// Finds a text at the beginning, whatever the numbers in it.
function likeCount(text: string): RegExp {
  const literal = text.replaceAll(/[^\w\s]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\d+/g, "\\d+")}`);
}

// As a document gives its title back.
function collapseSpace(text: string): string {
  return text.replaceAll(/[\t\n\f\r ]+/g, " ").trim();
}
