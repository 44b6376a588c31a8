import type { ReactNode } from "react";
import type { RunStream } from "./runStream.ts";

/** Sends a request that the indicator shows by its label for as long as it is in flight. */
export type Send = (label: string, send: () => Promise<void>) => Promise<void>;

/** Props of a component that can send requests. */
export interface SenderProps {
  children: (send: Send) => ReactNode;
}

/** A design of the feature: an indicator in the header, and what keeps it true. */
export interface Contender {
  /** The page around its components, with the indicator in an element of the class `chip`. */
  readonly Page: (props: { stream: RunStream; children: ReactNode }) => ReactNode;
  /** A component that can send requests. */
  readonly Sender: (props: SenderProps) => ReactNode;
  /** Whether it shows the runs of the stream. */
  readonly showsRuns: boolean;
  /** Has what was gathered for a frame be written. */
  readonly passFrame?: () => void;
  /** Its record of active jobs, where that is what an event copies. */
  readonly record?: () => object;
}
