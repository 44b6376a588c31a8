import { useMemo } from "react";
import {
  ActiveActionIndicator,
  type JobActions,
  type StoredJob,
  useDocumentTitle,
} from "../../react.ts";
import { pageOfJob } from "../projects/projectPath.ts";
import { stoppingLabel } from "../projects/useProjectActions.ts";
import { useApi } from "../services.ts";
import { useFavicon } from "./useFavicon.ts";
import { useRouterLinks } from "./useRouterLinks.ts";

/** The indicator, with the pages that its rows lead to and what they can stop. */
export function HeaderIndicator() {
  const api = useApi();
  const actions = useMemo<JobActions>(() => {
    const act = async ({ id }: StoredJob) => (await api.stopRun(id)).job;
    return { run: { stop: { act, busyLabel: stoppingLabel } } };
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
