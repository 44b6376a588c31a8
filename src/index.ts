export type {
  AuthStatus,
  BuildJob,
  BuildStatus,
  LogEntry,
  Project,
  RunJob,
  RunStatus,
} from "./jobs/contract.ts";
export {
  type ActiveStatus,
  type JobKey,
  type JobKind,
  jobKey,
  type JobKindName,
  jobKinds,
  type JobOutcome,
  type JobPace,
  type SourceName,
} from "./jobs/jobKinds.ts";
export { PayloadError } from "./jobs/PayloadError.ts";
export { type Job, parseJob, type ReportProblem } from "./jobs/wire.ts";
export {
  type ActivityState,
  type ActivityStore,
  activityStore,
  type ActivityStoreOptions,
  createActivitySlice,
  createActivityStore,
} from "./store/activityStore.ts";
export type { BackendJobsSlice } from "./store/backendJobs.ts";
export type { ConnectionSlice, SourceConnection, SourceStatus } from "./store/connection.ts";
export type { EndedJob } from "./store/endedJob.ts";
export type { BackendJob, BackendJobDetails } from "./store/jobEntries.ts";
export type { RequestAction, RequestActionsSlice, RequestKey } from "./store/requestActions.ts";
export {
  type ActiveAction,
  type ActivityView,
  selectAccessibleName,
  selectActiveActions,
  selectActiveCount,
  selectBadge,
  selectLabel,
  selectLatestAction,
  selectPace,
} from "./store/selectors.ts";
export { trackRequest, type RequestStore, type TrackRequestOptions } from "./store/trackRequest.ts";
export type { EventSourceLike, SyncEnvironment, WakeReason } from "./sync/environment.ts";
export { browserEnvironment } from "./sync/browserEnvironment.ts";
export { type BackendSync, startBackendSync } from "./sync/startBackendSync.ts";
export type { BackendSyncOptions } from "./sync/syncOptions.ts";
