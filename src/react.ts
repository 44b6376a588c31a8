"use client";

export {
  ActiveActionIndicator,
  type ActiveActionIndicatorProps,
} from "./react/ActiveActionIndicator.tsx";
export { type Sign, StateSign } from "./react/chip/StateSign.tsx";
export {
  ActivityStoreProvider,
  type ActivityStoreProviderProps,
  useActivity,
  useActivityStore,
} from "./react/hooks/useActivity.ts";
export type { IndicatorOptions } from "./react/IndicatorOptions.ts";
export type {
  ActOnJob,
  JobAction,
  JobActionOptions,
  JobActions,
  StoredJob,
} from "./react/jobActions.ts";
export { type ActionName, defaultLabels, type IndicatorLabels } from "./react/labels.ts";
export { useActiveAsyncActions } from "./react/hooks/useActivity.ts";
export {
  type AsyncAction,
  type AsyncActionOptions,
  useAsyncAction,
} from "./react/hooks/useAsyncAction.ts";
export { guardClicks } from "./react/list/guardClicks.ts";
export { useNow } from "./react/list/useNow.ts";
export { type ChipView, useChipView } from "./react/chip/chipView.ts";
export {
  type ActivityListView,
  type ActivityRow,
  type RowAction,
  useActivityList,
} from "./react/list/listView.ts";
export { type DocumentTitleOptions, useDocumentTitle } from "./react/hooks/useDocumentTitle.ts";
export {
  useBackendSync,
  type UseBackendSyncOptions,
  type UsedBackendSync,
} from "./react/hooks/useBackendSync.ts";
