import type { Kind, Telling } from "./server.ts";

/** What one step let the client hear; times are readings of the model's own count of events. */
export type Evidence =
  | { readonly type: "none" }
  /** The stream said so; it may be gathered for a frame before it is written. */
  | { readonly type: "update"; readonly job: Telling; readonly at: number }
  /** A list of all jobs of a kind, asked for at `askedAt`. */
  | {
      readonly type: "snapshot";
      readonly kind: Kind;
      readonly jobs: readonly Telling[];
      readonly askedAt: number;
      readonly at: number;
    }
  /** The source said that a job is no more. */
  | { readonly type: "gone"; readonly job: Telling; readonly at: number }
  /** The answer to a request of the user's, sent in this session. */
  | { readonly type: "hint"; readonly job: Telling; readonly at: number }
  /** A source failed, or sent what cannot be used at all. */
  | { readonly type: "failure"; readonly source: "runs" | "builds" | "deploys" }
  /** Something malformed came alone. */
  | { readonly type: "malformed" }
  /** It belongs to what is over: a closed connection, an ended session. */
  | { readonly type: "late" }
  /** A list that was asked for earlier than one that counts already. */
  | { readonly type: "outdated" };

/** Nothing was heard. */
export const nothing: Evidence = { type: "none" };

/** A job's key in the store. */
export function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}:${id}`;
}
