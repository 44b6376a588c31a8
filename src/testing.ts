export {
  createFakeEnvironment,
  type FakeEnvironment,
  type FakeEnvironmentOptions,
} from "./testing/environment.ts";
export type { FakeEventSource } from "./testing/eventSource.ts";
export { openList } from "./testing/openList.ts";
export type { FakeRequest } from "./testing/request.ts";
export { resetActivity } from "./testing/resetActivity.ts";
