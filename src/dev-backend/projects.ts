import type { Project } from "../jobs/contract.ts";
import { HttpError } from "./httpError.ts";

/** A project as the projects file describes it. */
export interface DevProject {
  id: string;
  name: string;
  description?: string;
  /** Absolute path; its commands run here. */
  directory: string;
  /** Command line that builds it; without one it cannot be built. */
  build?: string;
  /** Command line of its server; without one it cannot be run. */
  run?: string;
}

/** What a scan found. */
export interface ScanResult {
  files: number;
  bytes: number;
  scannedAt: string;
}

/** A project as it travels over HTTP: its commands and its directory stay here. */
interface WireProject extends Project, Partial<ScanResult> {
  description?: string;
  canBuild: boolean;
  canRun: boolean;
}

/** The projects of this backend, with what the last scan found in each. */
export interface ProjectList {
  /** Throws a 404 `HttpError` for an unknown id. */
  get(id: string): DevProject;
  list(): WireProject[];
  describe(project: DevProject): WireProject;
  recordScan(project: DevProject, result: ScanResult): void;
}

/** Makes the list; the order of `projects` is the order in which they are listed. */
export function createProjectList(projects: readonly DevProject[]): ProjectList {
  const byId = new Map(projects.map((project) => [project.id, project]));
  const scans = new Map<string, ScanResult>();

  const describe = (project: DevProject): WireProject => ({
    id: project.id,
    name: project.name,
    ...(project.description !== undefined && { description: project.description }),
    canBuild: project.build !== undefined,
    canRun: project.run !== undefined,
    ...scans.get(project.id),
  });

  return {
    get(id) {
      const project = byId.get(id);
      if (!project) throw new HttpError(404, `Project "${id}" no longer exists. Reload the page.`);
      return project;
    },
    list: () => projects.map(describe),
    describe,
    recordScan: (project, result) => void scans.set(project.id, result),
  };
}
