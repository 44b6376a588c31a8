import { callHost } from "../../store/hostCode.ts";
import { tick } from "../../store/logicalClock.ts";
import type { Cancel, SyncEnvironment } from "../environment.ts";
import type { Source } from "./source.ts";

/** One try to keep a source connected: what it has said, and all that ends with it. */
export interface Attempt {
  /** Aborts when it ends. */
  readonly signal: AbortSignal;
  /** The kinds of which it has not given a snapshot yet. */
  readonly unanswered: Set<string>;
  readonly wakers: (() => void)[];
  /** The logical time at which it began. */
  readonly beganAt: number;
  /** When it began: client time, epoch ms. */
  readonly beganMs: number;
  /** The logical time at which it last spoke, or began. */
  spokeAt: number;
  /** Whether what it last gave lay in a cache for too long to be believed. */
  isOld: boolean;
  /** Whether it has lasted: only then does its loss come as a surprise. */
  isProven: boolean;
  /** Calls after `ms` unless it has ended by then. */
  after: (ms: number, callback: () => void) => Cancel;
  /** Has `cancel` called when it ends; at once if it has. */
  onEnd: (cancel: Cancel) => void;
  /** Nothing of it gets through any more. */
  end: () => void;
}

/** Begins to keep account of an attempt. */
export function createAttempt(
  { kinds }: Source,
  environment: Pick<SyncEnvironment, "after" | "now">,
): Attempt {
  const ending = new AbortController();
  const cancels = new Set<Cancel>();
  const beganAt = tick();

  return {
    signal: ending.signal,
    unanswered: new Set(kinds.map(({ name }) => name)),
    wakers: [],
    beganAt,
    beganMs: environment.now(),
    spokeAt: beganAt,
    isOld: false,
    isProven: false,
    after(ms, callback) {
      const cancelTimer = environment.after(ms, () => {
        cancels.delete(cancel);
        callback();
      });
      const cancel = () => {
        cancels.delete(cancel);
        cancelTimer();
      };
      cancels.add(cancel);
      return cancel;
    },
    onEnd(cancel) {
      if (ending.signal.aborted) callHost(cancel);
      else cancels.add(cancel);
    },
    end() {
      ending.abort();
      for (const cancel of cancels) callHost(cancel);
      cancels.clear();
    },
  };
}
