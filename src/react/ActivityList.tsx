import { useCallback, useEffect, useState } from "react";
import { useActivityStore } from "./ActivityStoreContext.ts";
import { useLabels } from "./IndicatorOptions.ts";
import { OpenList } from "./OpenList.tsx";

/** Props of {@link ActivityList}. */
export interface ActivityListProps {
  /** The id by which the chip opens it. */
  id: string;
}

/** The list behind the chip: a native popover, empty for as long as it is closed. */
export function ActivityList({ id }: ActivityListProps) {
  const labels = useLabels();
  const [list, setList] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  useReadWhileOpen(isOpen);

  useEffect(() => {
    // By hand, since React 18 does not know the event of a popover.
    const follow = (event: Event) => setIsOpen(Reflect.get(event, "newState") === "open");
    list?.addEventListener("beforetoggle", follow);
    return () => list?.removeEventListener("beforetoggle", follow);
  }, [list]);

  return (
    <div
      ref={useCallback((element: HTMLElement | null) => setList(element), [])}
      id={id}
      popover="auto"
      className="active-indicator-list"
      role="dialog"
      aria-label={labels.listTitle}
    >
      {isOpen && <OpenList />}
    </div>
  );
}

// Whatever is in an open list has been looked at, also what ends while it is open.
function useReadWhileOpen(isOpen: boolean): void {
  const store = useActivityStore();
  useEffect(() => {
    if (!isOpen) return undefined;
    const read = () => {
      const { endedJobs, setJobAttention } = store.getState();
      const unread = Object.values(endedJobs).filter(({ attention }) => attention === "unread");
      if (unread.length > 0)
        setJobAttention(
          unread.map(({ key }) => key),
          "read",
        );
    };
    read();
    return store.subscribe(read);
  }, [isOpen, store]);
}
