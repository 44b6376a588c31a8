import { produce } from "immer";
import { displayText } from "../jobs/displayText.ts";
import type { JobKey } from "../jobs/jobKinds.ts";
import { tick } from "./logicalClock.ts";
import type { StoreWriter } from "./storeWriter.ts";

/** A request's key in the store. */
export type RequestKey = `request:${number}`;

/** A request in flight. */
export interface RequestAction {
  readonly key: RequestKey;
  readonly label: string;
  /** The job that it is about, such as one that it stops. */
  readonly about?: JobKey;
  /** When it was registered: client time, epoch ms. */
  readonly startedAt: number;
  /** Grows with each insertion into the store: the latest action has the highest. */
  readonly order: number;
}

/** The slice of requests in flight. */
export interface RequestActionsSlice {
  readonly requestActions: Readonly<Record<RequestKey, RequestAction>>;
  /**
   * Adds a request and returns it; complete it by its key once it has settled. One `about` a job is
   * shown until that shows what came of it: to the user the two are one thing.
   */
  registerRequestAction: (label: string, about?: JobKey) => RequestAction;
  /** Removes a request. One that is not there is no error. */
  completeRequestAction: (key: RequestKey) => void;
}

/** Creates the slice of requests in flight, to be spread into any zustand store. */
export function createRequestActionsSlice({ read, write }: StoreWriter): RequestActionsSlice {
  const update = (name: string, recipe: (actions: Record<RequestKey, RequestAction>) => void) =>
    write({ requestActions: produce(read().requestActions, recipe) }, `requestActions/${name}`);

  return {
    requestActions: {},
    registerRequestAction(label, about) {
      const order = tick();
      const action: RequestAction = {
        key: `request:${order}`,
        label: displayText(label),
        ...(about === undefined ? {} : { about }),
        startedAt: Date.now(),
        order,
      };
      update("register", (actions) => {
        actions[action.key] = action;
      });
      return action;
    },
    completeRequestAction(key) {
      if (!Object.hasOwn(read().requestActions, key)) return;
      update("complete", (actions) => {
        delete actions[key];
      });
    },
  };
}
