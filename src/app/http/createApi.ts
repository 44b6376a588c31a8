import type { AuthStatus } from "../../index.ts";
import { addressPart } from "./addressPart.ts";
import { createRequest, type RequestOptions } from "./createRequest.ts";
import { parseAuthStatus } from "./parseAuthStatus.ts";
import { type JobAnswer, parseJobAnswer } from "./parseJobAnswer.ts";
import {
  parseProjectsAnswer,
  parseScanned,
  type ProjectFields,
  type ProjectView,
} from "./parseProject.ts";
import { parseSynced, type Synced } from "./parseSynced.ts";
import { readJson } from "./readJson.ts";

/** The backend, as far as the console asks it itself. Everything rejects with an HttpError. */
export interface Api {
  authStatus: (signal?: AbortSignal) => Promise<AuthStatus>;
  signIn: (login: string) => Promise<AuthStatus>;
  signOut: () => Promise<void>;
  projects: (signal?: AbortSignal) => Promise<readonly ProjectView[]>;
  triggerBuild: (projectId: string) => Promise<JobAnswer>;
  startRun: (projectId: string) => Promise<JobAnswer>;
  /** Answers once the run has stopped, which may take minutes. */
  stopRun: (runId: string) => Promise<JobAnswer>;
  /** Answers with what the scan found out about the project. */
  scanAssets: (projectId: string) => Promise<ProjectFields>;
  syncRepository: (projectId: string) => Promise<Synced>;
}

type Parse<Answer> = (body: unknown) => Answer;

const parseBuild = (body: unknown) => parseJobAnswer("build", body);
const parseRun = (body: unknown) => parseJobAnswer("run", body);
const projectPath = (id: string) => `/projects/${addressPart(id)}`;

/** Creates the client of the HTTP contract. */
export function createApi(options: RequestOptions): Api {
  const send = createRequest(options);
  const get = <A>(path: string, parse: Parse<A>, signal?: AbortSignal) =>
    send({ method: "GET", path, signal, read: readJson(parse) });
  const post = <A>(path: string, parse: Parse<A>, body?: object) =>
    send({ method: "POST", path, body, read: readJson(parse) });

  return {
    authStatus: (signal) => get("/auth/status", parseAuthStatus, signal),
    signIn: (login) => post("/auth/login", parseAuthStatus, { login }),
    signOut: () => send({ method: "POST", path: "/auth/logout", read: () => undefined }),
    projects: (signal) => get("/projects", parseProjectsAnswer, signal),
    triggerBuild: (id) => post(`${projectPath(id)}/build`, parseBuild),
    startRun: (id) => post(`${projectPath(id)}/run`, parseRun),
    stopRun: (id) => post(`/runs/${addressPart(id)}/stop`, parseRun),
    scanAssets: (id) => post(`${projectPath(id)}/scan`, parseScanned),
    syncRepository: (id) => post(`${projectPath(id)}/sync`, parseSynced),
  };
}
