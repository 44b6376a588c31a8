import { addressPart } from "../http/addressPart.ts";

/** The address of a project's page. */
export function projectPath(id: string): string {
  return `/projects/${addressPart(id)}`;
}
