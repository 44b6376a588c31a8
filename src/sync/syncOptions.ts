import type { PayloadError } from "../jobs/PayloadError.ts";
import { browserEnvironment } from "./browserEnvironment.ts";
import type { SyncEnvironment } from "./environment.ts";
import type { EvidenceStore, SharedStore } from "./evidenceSink.ts";

/** Options of `startBackendSync`. */
export interface BackendSyncOptions {
  /** Any store that holds the activity slice. */
  store: EvidenceStore & SharedStore;
  /** Where the HTTP contract is served. @default "/api" */
  baseUrl?: string;
  /** The pause between two polls of the builds while the page is visible, in ms. @default 5_000 */
  pollIntervalMs?: number;
  /** After how long without an event the stream is replaced, in ms; 0 for never. @default 60_000 */
  silenceMs?: number;
  /**
   * Whether the stream begins each connection with a snapshot of all runs. Where it does not, an
   * open connection counts as an answer, and only what its updates say is known. @default true
   */
  sendsSnapshot?: boolean;
  /** Whether the tabs of a browser share one stream and one poll. @default true */
  shareAcrossTabs?: boolean;
  /**
   * Whose session it is, such as the login: tabs of different sessions never share.
   * @default ""
   */
  session?: string;
  /**
   * Called once when the session has ended: the server answered 401 or 403, or another tab signed
   * out. Sync has stopped by then.
   */
  onUnauthorized?: () => void;
  /** Called with the first of each cause of bad input. @default a warning on the console */
  onError?: (problem: PayloadError) => void;
  /** The world around it. @default the browser */
  environment?: SyncEnvironment;
}

/** The options with every default filled in. @throws TypeError for a value that cannot be used */
export function completeSyncOptions(options: BackendSyncOptions): Required<BackendSyncOptions> {
  const { baseUrl = "/api", pollIntervalMs = 5_000, silenceMs = 60_000 } = options;
  if (typeof baseUrl !== "string") refuse("baseUrl", 'a URL or path such as "/api"', baseUrl);
  if (!(pollIntervalMs > 0 && Number.isFinite(pollIntervalMs))) {
    refuse("pollIntervalMs", "a number of milliseconds above 0, such as 5_000", pollIntervalMs);
  }
  if (!(silenceMs >= 0 && Number.isFinite(silenceMs))) {
    refuse("silenceMs", "a number of milliseconds, or 0 to turn it off", silenceMs);
  }
  return {
    store: options.store,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    pollIntervalMs,
    silenceMs,
    sendsSnapshot: options.sendsSnapshot ?? true,
    shareAcrossTabs: options.shareAcrossTabs ?? true,
    session: options.session ?? "",
    onUnauthorized: options.onUnauthorized ?? (() => {}),
    onError: options.onError ?? warn,
    environment: options.environment ?? browserEnvironment,
  };
}

function warn({ message }: PayloadError): void {
  console.warn(`[active-indicator] ${message}`);
}

function refuse(option: string, expected: string, got: unknown): never {
  throw new TypeError(`startBackendSync: ${option} must be ${expected}; got ${String(got)}`);
}
