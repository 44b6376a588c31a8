export { ActiveActionIndicator } from "./react/ActiveActionIndicator.tsx";
export {
  ActivityStoreProvider,
  type ActivityStoreProviderProps,
  useActivity,
  useActivityStore,
} from "./react/ActivityStoreContext.ts";
export { useActiveAsyncActions } from "./react/useActiveAsyncActions.ts";
export {
  type AsyncAction,
  type AsyncActionOptions,
  useAsyncAction,
} from "./react/useAsyncAction.ts";
