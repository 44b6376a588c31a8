// The feature as its specification has it: requests and jobs in one React context, which a provider
// below it keeps true.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { Contender } from "../contender.ts";
import { labelOf } from "../runs.ts";
import type { RunStream } from "../runStream.ts";

interface Action {
  readonly key: string;
  readonly label: string;
  readonly startedAt: number;
}

interface AsyncActions {
  readonly actions: readonly Action[];
  readonly register: (key: string, label: string) => void;
  readonly complete: (key: string) => void;
  readonly registerBackendJob: (key: string, label: string) => void;
  readonly completeBackendJob: (key: string) => void;
}

const AsyncActionsContext = createContext<AsyncActions>({
  actions: [],
  register() {},
  complete() {},
  registerBackendJob() {},
  completeBackendJob() {},
});

function AsyncActionsProvider({ children }: { children: ReactNode }) {
  const [actions, setActions] = useState<readonly Action[]>([]);

  const register = useCallback((key: string, label: string) => {
    setActions((all) => {
      const known = all.find((action) => action.key === key);
      if (known?.label === label) return all;
      if (known) return all.map((action) => (action === known ? { ...known, label } : action));
      return [...all, { key, label, startedAt: Date.now() }];
    });
  }, []);

  const complete = useCallback((key: string) => {
    setActions((all) =>
      all.some((action) => action.key === key) ? all.filter((action) => action.key !== key) : all,
    );
  }, []);

  const value = useMemo(
    () => ({
      actions,
      register,
      complete,
      registerBackendJob: register,
      completeBackendJob: complete,
    }),
    [actions, register, complete],
  );
  return <AsyncActionsContext value={value}>{children}</AsyncActionsContext>;
}

const activeStatuses: ReadonlySet<string> = new Set(["pending", "running", "stopping"]);

interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly status: string;
}

function ActiveBackendJobsProvider({ stream }: { stream: RunStream }) {
  const { registerBackendJob, completeBackendJob } = useContext(AsyncActionsContext);

  useEffect(() => {
    const take = (run: Run) => {
      if (activeStatuses.has(run.status)) registerBackendJob(`run:${run.id}`, labelOf(run));
      else completeBackendJob(`run:${run.id}`);
    };
    stream.addEventListener("init", ({ data }) => {
      const { runs }: { runs: Run[] } = JSON.parse(String(data));
      for (const run of runs) take(run);
    });
    stream.addEventListener("run-update", ({ data }) => {
      const { run }: { run: Run } = JSON.parse(String(data));
      take(run);
    });
    return () => stream.close();
  }, [stream, registerBackendJob, completeBackendJob]);

  return null;
}

function ActiveActionIndicator() {
  const { actions } = useContext(AsyncActionsContext);
  const latest = actions.at(-1);
  return (
    <button type="button" className="chip" data-busy={latest !== undefined}>
      <span>{latest?.label ?? "Idle"}</span>
      {actions.length > 1 && <span>{`+${actions.length - 1}`}</span>}
    </button>
  );
}

let sent = 0;

/** React context and provider, as in the specification. */
export const contextDesign: Contender = {
  showsRuns: true,
  Page: ({ stream, children }) => (
    <AsyncActionsProvider>
      <ActiveBackendJobsProvider stream={stream} />
      <ActiveActionIndicator />
      {children}
    </AsyncActionsProvider>
  ),
  Sender({ children }) {
    const { register, complete } = useContext(AsyncActionsContext);
    return children(async (label, send) => {
      sent += 1;
      const key = `request:${sent}`;
      register(key, label);
      try {
        await send();
      } finally {
        complete(key);
      }
    });
  },
};
