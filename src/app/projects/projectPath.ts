import type { StoredJob } from "../../react.ts";
import { addressPart } from "../http/addressPart.ts";

/** The address of a project's page. */
export function projectPath(id: string): string {
  return `/projects/${addressPart(id)}`;
}

/** The address of the page of a job's project. */
export function pageOfJob({ target }: StoredJob): string | undefined {
  return target === undefined ? undefined : projectPath(target);
}
