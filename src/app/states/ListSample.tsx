import { useEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { ActiveActionIndicator } from "../../react.ts";
import { useSampleOptions } from "./useSampleOptions.ts";

/** Props of {@link ListSample}. */
export interface ListSampleProps {
  /** Why no job can be stopped, after somebody has tried; absent if nobody has. */
  refusal: string | undefined;
}

/** The open list by itself, in the page: of real popovers a page shows no more than one. */
export function ListSample({ refusal }: ListSampleProps) {
  const sample = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const list = () => sample.current?.querySelector("[popover]");
    // Its code comes when it is first opened.
    function pressStop(): void {
      const stop = list()?.querySelector("button");
      if (stop) stop.click();
      else timer = setTimeout(pressStop, 50);
    }
    // The indicator must listen by then.
    let timer = setTimeout(() => {
      flushSync(() => list()?.dispatchEvent(new ToggleEvent("toggle", { newState: "open" })));
      if (refusal !== undefined) pressStop();
    });
    return () => clearTimeout(timer);
  }, [refusal]);

  return (
    <div ref={sample} className="list-sample">
      <ActiveActionIndicator {...useSampleOptions(refusal)} announce={false} />
    </div>
  );
}
