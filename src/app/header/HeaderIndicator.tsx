import { useMemo } from "react";
import {
  ActiveActionIndicator,
  type JobActions,
  type StoredJob,
  useDocumentTitle,
} from "../../react.ts";
import { pageOfJob } from "../projects/projectPath.ts";
import { buildingLabel, startingLabel, stoppingLabel } from "../projects/useProjectActions.ts";
import { useApi } from "../services.ts";
import { useFavicon } from "./useFavicon.ts";
import { useRouterLinks } from "./useRouterLinks.ts";

/** The indicator, with the pages that its rows lead to, what they can stop and what they can retry. */
export function HeaderIndicator() {
  const api = useApi();
  const actions = useMemo<JobActions>(() => {
    const stop = async ({ id }: StoredJob) => (await api.stopRun(id)).job;
    const build = async ({ target = "" }: StoredJob) => (await api.triggerBuild(target)).job;
    const start = async ({ target = "" }: StoredJob) => (await api.startRun(target)).job;
    return {
      build: { retry: { act: build, busyLabel: buildingLabel } },
      run: {
        stop: { act: stop, busyLabel: stoppingLabel },
        retry: { act: start, busyLabel: startingLabel },
      },
    };
  }, [api]);
  const container = useRouterLinks<HTMLDivElement>();
  useDocumentTitle();
  useFavicon();
  return (
    <div ref={container} id="activity" className="header-indicator">
      <ActiveActionIndicator jobHref={pageOfJob} actions={actions} />
    </div>
  );
}
