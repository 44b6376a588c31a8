import type { BackendJob } from "../../index.ts";
import { ActionButton } from "../ui/ActionButton.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { useStopRun } from "./useStopRun.ts";

/** Stops the server of a row, and says so there if that fails. */
export function StopRunInRow({ run }: { run: BackendJob }) {
  const stop = useStopRun();
  const isStopping = run.status === "stopping";
  return (
    <>
      <ActionButton
        busy={stop.busy && !isStopping}
        disabled={isStopping}
        about={`server ${run.title ?? run.id}`}
        onPress={() => stop.start(run)}
      >
        {isStopping ? "Stopping…" : "Stop"}
      </ActionButton>
      <ErrorNote error={stop.error} lead="The server was not stopped." />
    </>
  );
}
