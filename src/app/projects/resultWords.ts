import type { ProjectFields } from "../http/parseProject.ts";
import type { Synced } from "../http/parseSynced.ts";

const count = new Intl.NumberFormat("en");
const size = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** What a scan found: `1,204 files, 3.4 MB`; `undefined` where the backend does not say. */
export function scanWords({ files, bytes }: ProjectFields): string | undefined {
  if (files === undefined) return undefined;
  const found = `${count.format(files)} ${files === 1 ? "file" : "files"}`;
  return bytes === undefined ? found : `${found}, ${sizeWords(bytes)}`;
}

/** What a sync came to: the commit, and in its own words what it is. */
export function syncWords({ commitSha, message }: Synced): string {
  const commit = commitSha.slice(0, 7);
  return `Synced${commit === "" ? "" : ` at ${commit}`}${message === "" ? "" : `: ${message}`}`;
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${size.format(bytes / 1_000)} kB`;
  return `${size.format(bytes / 1_000_000)} MB`;
}
