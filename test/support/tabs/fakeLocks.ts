import type { LockManagerLike } from "../../../src/sync/environment.ts";

/** The locks of one browser. A tab hears of a grant, or of a theft, when the test tells it. */
export interface FakeLocks {
  managerOf: (tab: string) => LockManagerLike;
  /** Tells a tab the next thing of its locks; `false` if there is none. */
  tell: (tab: string) => boolean;
  /** The tab is gone without a word: what it held passes on. */
  abandon: (tab: string) => void;
  /** From now on every request is refused, as where the user has blocked a site's storage. */
  refuse: () => void;
  /** Which tab holds a lock, by the locks' names. */
  holders: () => Record<string, string>;
  /** Which tabs ask for a lock of any name and wait. */
  waiting: () => string[];
}

interface LockRequest {
  readonly tab: string;
  readonly name: string;
  readonly callback: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Creates locks that nobody holds. */
export function createFakeLocks(): FakeLocks {
  const held = new Map<string, LockRequest>();
  const news: { readonly tab: string; readonly tell: () => void }[] = [];
  let queue: LockRequest[] = [];
  let isRefusing = false;

  function grant(request: LockRequest): void {
    held.set(request.name, request);
    const free = () => passOn(request);
    const tell = () => void request.callback().then(request.resolve, request.reject).finally(free);
    news.push({ tab: request.tab, tell });
  }

  function passOn(request: LockRequest): void {
    if (held.get(request.name) !== request) return;
    held.delete(request.name);
    const next = queue.find(({ name }) => name === request.name);
    queue = queue.filter((it) => it !== next);
    if (next) grant(next);
  }

  function ask(request: LockRequest, steal: boolean): void {
    const holder = held.get(request.name);
    if (isRefusing) {
      request.reject(new DOMException("denied in this context", "SecurityError"));
    } else if (holder && !steal) {
      queue.push(request);
    } else {
      if (holder) news.push({ tab: holder.tab, tell: () => holder.reject(abortError()) });
      grant(request);
    }
  }

  function withdraw(request: LockRequest): void {
    if (!queue.includes(request)) return;
    queue = queue.filter((it) => it !== request);
    request.reject(abortError());
  }

  return {
    managerOf(tab) {
      const request = (name: string, options: LockOptions, callback: () => Promise<void>) =>
        new Promise<void>((resolve, reject) => {
          const mine: LockRequest = { tab, name, callback, resolve, reject };
          options.signal?.addEventListener("abort", () => withdraw(mine));
          ask(mine, options.steal === true);
        });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has what sync uses
      return { request } as LockManagerLike;
    },
    tell(tab) {
      const index = news.findIndex((it) => it.tab === tab);
      if (index < 0) return false;
      for (const { tell } of news.splice(index, 1)) tell();
      return true;
    },
    abandon(tab) {
      queue = queue.filter((it) => it.tab !== tab);
      for (const request of held.values()) if (request.tab === tab) passOn(request);
    },
    refuse() {
      isRefusing = true;
    },
    holders: () => Object.fromEntries([...held].map(([name, { tab }]) => [name, tab])),
    waiting: () => queue.map(({ tab }) => tab),
  };
}

function abortError(): DOMException {
  return new DOMException("the lock was stolen, or its request aborted", "AbortError");
}
