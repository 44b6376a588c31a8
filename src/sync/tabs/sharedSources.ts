import type { ReportProblem } from "../../jobs/payload.ts";
import type { ActivityStore } from "../../store/activityStore.ts";
import type { ActivityInternals } from "../../store/storeWriter.ts";
import type { SyncEnvironment, TabEnvironment } from "../environment.ts";
import type { Source } from "../sources/source.ts";
import type { Sources } from "../sources/startSources.ts";

/** How often a leader gives a sign of life, in ms. */
export const heartbeatMs = 5_000;

/** The sources that tabs share, and where each tab writes to. */
export interface SharedSources {
  environment: SyncEnvironment;
  tabs: TabEnvironment;
  /** Tabs of one name share; the lock and the channel are called so. */
  name: string;
  store: Pick<ActivityStore, "getState">;
  internals: ActivityInternals;
  sources: readonly Source[];
  /** The names of the sources. */
  names: ReadonlySet<string>;
  /** The names of the kinds whose jobs they keep true. */
  kinds: ReadonlySet<string>;
  startSources: () => Sources;
  /** The session was ended in another tab; this one must stop. */
  onEnded: () => void;
  onProblem: ReportProblem;
}

/** Sources that run, in this tab or in another one. */
export interface RunningSources extends Sources {
  /** Has the other tabs know that the session has ended. */
  sendEnded: () => void;
}

/** Says that nothing is known for certain until somebody answers; `anew` if nothing is known at all. */
export function sayConnecting(
  { store, internals, sources }: Pick<SharedSources, "store" | "internals" | "sources">,
  anew = false,
): void {
  internals.batch(() => {
    for (const { name, kinds } of sources) {
      if (!anew && name in store.getState().connection)
        internals.setSourceStatus(name, "connecting");
      else
        internals.openSource(
          name,
          kinds.map((kind) => kind.name),
        );
    }
  });
}
