import type { IndicatorLabels } from "../../../src/react.ts";

/** The words of a host that speaks another language; the rest are the default ones. */
export const germanLabels: Partial<IndicatorLabels> = {
  idle: "Nichts los",
  noActions: "Keine Vorgänge",
  actionsInProgress: (count, latest) => `${count} im Gange: ${latest}`,
  job: ({ title }) => `${title} wird gebaut`,
  title: ({ title }) => `Bau von ${title}`,
  status: () => "läuft",
  outcome: ({ error }) => `misslungen: ${error}`,
  requestStatus: "unterwegs",
  failed: (count) => `${count} misslungen`,
  lastKnown: "zuletzt bekannt",
  listTitle: "Vorgänge",
  running: "Jetzt",
  queued: "Wartend",
  recent: "Neulich",
  nothing: "Nichts ist im Gange.",
  clearFinished: "Aufräumen",
  dismiss: "Ausblenden",
  stop: "Anhalten",
  live: "Aktuell",
  off: "Nicht verbunden",
  saidStarted: (what) => `${what} beginnt`,
  saidEnded: (what, how) => `${what} ist ${how}`,
};
