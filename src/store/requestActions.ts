import { produce } from "immer";
import { displayText } from "../jobs/payload.ts";
import type { JobKey } from "../jobs/job.ts";
import { tick } from "./logicalClock.ts";
import type { StoreWriter } from "./storeWriter.ts";

/** A request's key in the store. */
export type RequestKey = `request:${number}`;

/** A request in flight. */
export interface RequestAction {
  readonly key: RequestKey;
  readonly label: string;
  /** The job that it is about, such as one that it stops; `"new"` for one that it begins. */
  readonly about?: JobKey | "new";
  /** Of one about a new job: those that other requests have begun meanwhile. */
  readonly notAbout?: readonly JobKey[];
  /** When it was registered: client time, epoch ms. */
  readonly startedAt: number;
  /** Grows with each insertion into the store: the latest action has the highest. */
  readonly order: number;
}

/** The slice of requests in flight. */
export interface RequestActionsSlice {
  readonly requestActions: Readonly<Record<RequestKey, RequestAction>>;
  /**
   * Adds a request and returns it; complete it by its key once it has settled. One `about` a job
   * counts as one with it, from the click to the end of both; one about a `"new"` job counts as one
   * with the first that begins after it, until its answer says which it is.
   */
  registerRequestAction: (label: string, about?: JobKey | "new") => RequestAction;
  /**
   * Removes a request; `job` is the one that its answer holds, which no other request has begun
   * then. One that is not there is no error.
   */
  completeRequestAction: (key: RequestKey, job?: JobKey) => void;
}

/** Creates the slice of requests in flight, to be spread into any zustand store. */
export function createRequestActionsSlice({ read, write }: StoreWriter): RequestActionsSlice {
  function update(
    name: string,
    key: RequestKey,
    recipe: (actions: Record<RequestKey, RequestAction>) => void,
  ): void {
    const requestActions = produce(read().requestActions, recipe);
    write({ requestActions }, { type: `requestActions/${name}`, keys: [key] });
  }

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
      update("register", action.key, (actions) => {
        actions[action.key] = action;
      });
      return action;
    },
    completeRequestAction(key, job) {
      if (!Object.hasOwn(read().requestActions, key)) return;
      update("complete", key, (actions) => {
        delete actions[key];
        if (job !== undefined) ruleOut(actions, job);
      });
    },
  };
}

function ruleOut(actions: Record<RequestKey, RequestAction>, job: JobKey): void {
  for (const action of Object.values(actions)) {
    if (action.about !== "new") continue;
    actions[action.key] = { ...action, notAbout: [...(action.notAbout ?? []), job] };
  }
}
