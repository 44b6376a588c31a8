export { builds, runs } from "./jobs/buildsAndRuns.ts";
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
  defineJobKind,
  type JobFields,
  type JobKind,
  type JobKindDefinition,
} from "./jobs/defineJobKind.ts";
export {
  type ActiveJob,
  type FinishedJob,
  hasFailed,
  type Job,
  type JobKey,
  jobKey,
  type Outcome,
  type Phase,
} from "./jobs/job.ts";
export { displayText, PayloadError, type ReportProblem } from "./jobs/payload.ts";
export type { LabelFields, Status } from "./jobs/statuses.ts";
export {
  type ActivityState,
  type ActivityStore,
  activityStore,
  type ActivityStoreOptions,
  createActivitySlice,
  createActivityStore,
} from "./store/activityStore.ts";
export type { BackendJobsSlice } from "./store/backendJobs.ts";
export type { ChipLabels } from "./store/selectors.ts";
export type { ConnectionSlice, SourceConnection, SourceStatus } from "./store/connection.ts";
export { elapsedMs, formatAgo, formatElapsed, isoDuration, spellElapsed } from "./store/elapsed.ts";
export type { BackendJob, EndedJob, ReadState } from "./store/entries.ts";
export type { BackendJobDetails, CompletionDetails } from "./store/registeredJobs.ts";
export type { RequestAction, RequestActionsSlice, RequestKey } from "./store/requestActions.ts";
export { selectAccessibleName, selectBadge, selectLabel } from "./store/selectors.ts";
export {
  type ActiveAction,
  type ActivityView,
  phaseOf,
  selectActiveActions,
  selectActiveCount,
  selectClockOffset,
  selectIsLastKnown,
  selectIsUnknown,
  selectLatestAction,
  selectLostSince,
  selectPhase,
  selectRecentJobs,
  selectUnreadFailures,
  sourceOf,
} from "./store/selectors.ts";
export { trackRequest, type RequestStore, type TrackRequestOptions } from "./store/trackRequest.ts";
export { browserEnvironment } from "./sync/environment.ts";
export type { EventSourceLike, SyncEnvironment, WakeReason } from "./sync/environment.ts";
export { buildsAndRuns, type BuildsAndRunsOptions } from "./sync/sources/buildsAndRuns.ts";
export { pollSource, type PollSourceOptions } from "./sync/sources/pollSource.ts";
export {
  defineSource,
  type Sink,
  type SnapshotOrigin,
  type Source,
  type SourceContext,
} from "./sync/sources/source.ts";
export { streamSource, type StreamSourceOptions } from "./sync/sources/streamSource.ts";
export {
  type BackendSync,
  type BackendSyncOptions,
  startBackendSync,
} from "./sync/startBackendSync.ts";
