import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { type Api, createApi } from "./http/createApi.ts";
import { createSession, type Session, type SessionState } from "./session/createSession.ts";

/** What the console works with outside React: the backend and the session with it. */
export interface Services {
  api: Api;
  session: Session;
}

/** Creates the client and the session. Nothing is sent before one of their verbs is called. */
export function createServices(baseUrl: string): Services {
  const api = createApi({ baseUrl, watchSession: () => session.watch() });
  const session = createSession(api);
  return { api, session };
}

/** The context that hands the services to the pages. */
export const ServicesContext = createContext<Services | undefined>(undefined);

/** The client of the backend. */
export function useApi(): Api {
  return useServices().api;
}

/** The session, for what changes it. */
export function useSession(): Session {
  return useServices().session;
}

/** The state of the session. */
export function useSessionState(): SessionState {
  return useStore(useSession());
}

function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services)
    throw new Error("Wrap the console in <ServicesContext value={createServices(…)}>.");
  return services;
}
