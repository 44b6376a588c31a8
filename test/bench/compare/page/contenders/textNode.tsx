// The floor: the text is read and put into the page by hand.
import { useEffect, useRef } from "react";
import type { Contender, Send } from "../contender.ts";
import { labelOf } from "../runs.ts";

const sendShown: Send = async (label, send) => {
  const chip = document.querySelector(".chip");
  if (chip) chip.textContent = label;
  try {
    await send();
  } finally {
    if (chip) chip.textContent = "Idle";
  }
};

interface Run {
  readonly projectId: string;
  readonly status: string;
}

/** A text node set by hand. */
export const textNode: Contender = {
  showsRuns: true,
  Page({ stream, children }) {
    const chip = useRef<HTMLSpanElement>(null);
    useEffect(() => {
      const show = (run: Run | undefined) => {
        if (run && chip.current) chip.current.textContent = labelOf(run);
      };
      stream.addEventListener("init", ({ data }) => {
        const { runs }: { runs: Run[] } = JSON.parse(String(data));
        show(runs.at(-1));
      });
      stream.addEventListener("run-update", ({ data }) => {
        const { run }: { run: Run } = JSON.parse(String(data));
        show(run);
      });
      return () => stream.close();
    }, [stream]);
    return (
      <>
        <span ref={chip} className="chip" />
        {children}
      </>
    );
  },
  Sender: ({ children }) => children(sendShown),
};
