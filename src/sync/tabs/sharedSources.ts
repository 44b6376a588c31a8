import type { ActivityStore } from "../../store/activityStore.ts";
import type { TabEnvironment } from "../environment.ts";
import type { SourceHost } from "../sources/runSource.ts";
import type { Source } from "../sources/source.ts";

/** The sources that tabs share, and what each tab runs or follows them in. */
export interface SharedSources extends SourceHost {
  store: Pick<ActivityStore, "getState">;
  tabs: TabEnvironment;
  /** The name of the lock and of the channel: tabs of one name share. */
  name: string;
  sources: readonly Source[];
  /** The names of the kinds whose jobs the sources keep true. */
  kinds: ReadonlySet<string>;
  /** Called when the session was ended in another tab; this one must stop. */
  onEnded: () => void;
}
