import type { LockManagerLike } from "../../../../src/sync/environment.ts";

/** What the browser has to tell a tab of its locks. */
type News = () => void;

interface Request {
  readonly owner: number;
  readonly callback: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
  /** It was granted, and has been stolen since. */
  isStolen: boolean;
}

/** The locks of one browser. Every tab hears of its own when the test says so. */
export interface FakeLocks {
  managerOf: (tab: number) => LockManagerLike;
  /** Tells a tab the next thing that it does not know yet; `false` if there is none. */
  tell: (tab: number) => boolean;
  /** The tab is gone: what it held or asked for is free. */
  release: (tab: number) => void;
  /** Which tab holds the lock. */
  holder: () => number | undefined;
  /** How many requests a tab has, held ones included. */
  requestsOf: (tab: number) => number;
}

/** Creates locks; there is one name only, as all tabs are of one session. */
export function createFakeLocks(): FakeLocks {
  const news = new Map<number, News[]>();
  let held: Request | undefined;
  let queue: Request[] = [];

  function inform(tab: number, what: News): void {
    const mail = news.get(tab) ?? [];
    mail.push(what);
    news.set(tab, mail);
  }

  function grant(request: Request): void {
    held = request;
    inform(request.owner, () => {
      void hold(request);
    });
  }

  async function hold(request: Request): Promise<void> {
    await request.callback();
    request.resolve();
    free(request);
  }

  function free(request: Request): void {
    if (held !== request) return;
    held = undefined;
    const next = queue.shift();
    if (next) grant(next);
  }

  function take(request: Request, isSteal: boolean): void {
    if (isSteal) {
      const loser = held;
      if (loser) {
        loser.isStolen = true;
        inform(loser.owner, () => loser.reject(abortError()));
      }
      grant(request);
    } else if (held) queue.push(request);
    else grant(request);
  }

  function drop(request: Request): void {
    if (!queue.includes(request)) return;
    queue = queue.filter((it) => it !== request);
    request.reject(abortError());
  }

  function managerOf(owner: number): LockManagerLike {
    const request = (
      _: string,
      { steal = false, signal }: LockOptions,
      callback: () => Promise<void>,
    ) =>
      new Promise<void>((resolve, reject) => {
        const mine = { owner, callback, resolve, reject, isStolen: false };
        signal?.addEventListener("abort", () => drop(mine));
        take(mine, steal);
      });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has what sync uses
    return { request } as unknown as LockManagerLike;
  }

  return {
    managerOf,
    tell(tab) {
      const what = news.get(tab)?.shift();
      what?.();
      return what !== undefined;
    },
    release(tab) {
      news.delete(tab);
      queue = queue.filter(({ owner }) => owner !== tab);
      if (held?.owner === tab) free(held);
    },
    holder: () => held?.owner,
    requestsOf: (tab) =>
      [...queue, ...(held ? [held] : [])].filter(({ owner }) => owner === tab).length,
  };
}

function abortError(): DOMException {
  return new DOMException("The request was aborted", "AbortError");
}
