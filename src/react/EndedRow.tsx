import type { EndedJob } from "../store/entries.ts";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { useIndicatorOptions } from "./IndicatorOptions.ts";
import { ListRow } from "./ListRow.tsx";

/** The row of a job that has ended. */
export function EndedRow({ job }: { job: EndedJob }) {
  const { labels, jobHref } = useIndicatorOptions();
  const store = useActivityStore();
  const title = labels.title(job);

  return (
    <ListRow
      id={job.key}
      sign={job.outcome}
      title={title}
      href={jobHref(job)}
      status={labels.outcome(job)}
      durationMs={job.durationMs}
      action={
        <button
          type="button"
          aria-label={labels.actOn(labels.dismiss, title)}
          onClick={() => store.getState().setReadState([job.key], "dismissed")}
        >
          {labels.dismiss}
        </button>
      }
    />
  );
}
