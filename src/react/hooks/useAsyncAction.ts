import { useCallback, useInsertionEffect, useRef, useState } from "react";
import { createStore, useStore } from "zustand";
import type { Job, JobKey } from "../../jobs/job.ts";
import { callHost, expectText, toError } from "../../store/hostCode.ts";
import { trackRequest } from "../../store/trackRequest.ts";
import { useActivityStore } from "./useActivity.ts";

/**
 * What a request of the user's says of itself, and what follows from it. What one of these functions
 * throws surfaces as uncaught and costs the request nothing.
 */
export interface AsyncActionOptions<Args extends readonly unknown[], Result> {
  /** What the indicator says while the request is in flight. @default "Working…" */
  label?: string | ((...args: Args) => string) | undefined;
  /** The job that the request is about, such as one that it stops: the two count as one. */
  about?: ((...args: Args) => JobKey | undefined) | undefined;
  /**
   * The job that the answer holds, if it does. The indicator shows it from the answer on, so that
   * there is no idle moment before a source lists it.
   */
  job?: ((result: Result) => Job | undefined) | undefined;
  /** Called when it begins, before the handler. */
  onStart?: ((...args: Args) => void) | undefined;
  /** Called with the answer, before `run` resolves. */
  onSuccess?: ((result: Result, ...args: Args) => void) | undefined;
  /** Called with what the handler threw, before `run` rejects. */
  onError?: ((error: Error, ...args: Args) => void) | undefined;
  /** Called at the end, after `onSuccess` or `onError`. */
  onSettled?: ((...args: Args) => void) | undefined;
}

/** A request that the indicator shows while it is in flight. */
export interface AsyncAction<Args extends readonly unknown[], Result> {
  /** Sends it. The same function on every render. Settles as the handler does. */
  run: (...args: Args) => Promise<Result>;
  /**
   * Sends it for a button, whose handler nobody waits for: never rejects, and gives nothing. What the
   * handler throws is in `error` and goes to `onError`. The same function on every render.
   */
  start: (...args: Args) => void;
  /** Whether one of them is in flight. */
  busy: boolean;
  /** What the last one failed with; `undefined` from the next one on. */
  error: Error | undefined;
}

/**
 * Wraps a request so that the indicator shows it from its start until its promise settles, also
 * when the component is gone by then.
 */
export function useAsyncAction<Args extends readonly unknown[], Result>(
  handler: (...args: Args) => Result | Promise<Result>,
  options: AsyncActionOptions<Args, Result> = {},
): AsyncAction<Args, Result> {
  const store = useActivityStore();
  // No state of React's: what is set in a transition, as in the action of a form, shows at its end.
  const [calls] = useState(() => createStore<Calls>(() => ({ inFlight: 0, error: undefined })));
  const { inFlight, error } = useStore(calls);
  const latest = useRef({ handler, options });
  // No layout effect: of those React 18 complains on a server.
  useInsertionEffect(() => {
    latest.current = { handler, options };
  });

  const run = useCallback(
    async (...args: Args): Promise<Result> => {
      const { handler: send, options: current } = latest.current;
      const { label, about, job, onStart, onSuccess, onError, onSettled } = current;
      calls.setState((before) => ({ inFlight: before.inFlight + 1, error: undefined }));
      callHost(() => onStart?.(...args));
      try {
        return await trackRequest(store, () => send(...args), {
          label: callHost(() =>
            typeof label === "function" ? expectText("label", label(...args)) : label,
          ),
          about: callHost(() => about?.(...args)),
          job,
          onSuccess: (result) => onSuccess?.(result, ...args),
        });
      } catch (thrown) {
        const failure = toError(thrown);
        calls.setState({ error: failure });
        callHost(() => onError?.(failure, ...args));
        throw thrown;
      } finally {
        calls.setState((before) => ({ inFlight: before.inFlight - 1 }));
        callHost(() => onSettled?.(...args));
      }
    },
    [store, calls],
  );
  const start = useCallback(
    (...args: Args): void => {
      // It is in `error` and goes to `onError`: unhandled it would surface as uncaught too.
      run(...args).catch(() => {});
    },
    [run],
  );

  return { run, start, busy: inFlight > 0, error };
}

/** What a component knows of its requests. */
interface Calls {
  readonly inFlight: number;
  readonly error: Error | undefined;
}
