// This project, by its public entries, with the frames in the bench's hand.
import { useEffect } from "react";
import {
  createActivityStore,
  type RunJob,
  runs,
  startBackendSync,
  streamSource,
} from "../../../../../src/index.ts";
import {
  ActiveActionIndicator,
  ActivityStoreProvider,
  useAsyncAction,
} from "../../../../../src/react.ts";
import type { Contender } from "../contender.ts";
import { createFrames } from "../frames.ts";
import type { RunStream } from "../runStream.ts";

/** The source of the runs of a stream. */
export const runsSource = streamSource({
  kind: runs,
  url: "/runs/stream",
  snapshot: { event: "init", list: (data: { runs: RunJob[] }) => data.runs },
  update: { event: "run-update", entry: (data: { run: RunJob }) => data.run },
});

const store = createActivityStore();
const { environment, pass } = createFrames();

function useSync(stream: RunStream): void {
  useEffect(() => {
    const sync = startBackendSync({
      store,
      sources: [runsSource],
      openEventSource: () => stream,
      environment,
      shareAcrossTabs: false,
    });
    return sync.stop;
  }, [stream]);
}

/** The indicator with its list and announcements, on a store that sync keeps true. */
export const thisProject: Contender = {
  showsRuns: true,
  Page({ stream, children }) {
    useSync(stream);
    return (
      <ActivityStoreProvider store={store}>
        <span className="chip">
          <ActiveActionIndicator />
        </span>
        {children}
      </ActivityStoreProvider>
    );
  },
  Sender({ children }) {
    const { run } = useAsyncAction((_: string, send: () => Promise<void>) => send(), {
      label: (label) => label,
    });
    return children(run);
  },
  passFrame: pass,
  record: () => store.getState().backendJobs,
};
