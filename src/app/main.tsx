import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { activityStore, startBackendSync } from "../index.ts";
import { App } from "./App.tsx";
import { createServices } from "./services.ts";
import { followOtherTabs } from "./session/followOtherTabs.ts";
import { syncWhileSignedIn } from "./session/syncWhileSignedIn.ts";
import { ErrorBoundary } from "./ui/ErrorBoundary.tsx";

const baseUrl = "/api";
const services = createServices(baseUrl);

syncWhileSignedIn(services.session, (options) =>
  startBackendSync({ store: activityStore, baseUrl, ...options }),
);
followOtherTabs(services.session);
void services.session.check();

const root = document.getElementById("root");
if (!root) throw new Error('index.html needs an element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <BrowserRouter>
        <App services={services} />
      </BrowserRouter>
    </ErrorBoundary>
  </StrictMode>,
);
