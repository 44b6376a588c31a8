import { ActiveActionIndicator } from "../../react.ts";
import { useSampleOptions } from "./useSampleOptions.ts";

/** The indicator as a host has it; its list opens too. */
export function ChipSample() {
  return <ActiveActionIndicator {...useSampleOptions()} />;
}
