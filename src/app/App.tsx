import { useState } from "react";
import { Header } from "./header/Header.tsx";
import { createArrivals } from "./pages/arrivals.ts";
import { Pages } from "./pages/Pages.tsx";
import { ArrivalsContext } from "./pages/usePageHeading.ts";
import { type Services, ServicesContext } from "./services.ts";
import { SessionGate } from "./session/SessionGate.tsx";

/** The console: the header, and below it the page. Needs a router around it. */
export function App({ services }: { services: Services }) {
  const [arrivals] = useState(createArrivals);
  return (
    <ServicesContext value={services}>
      <ArrivalsContext value={arrivals}>
        <a className="skip-link" href="#main">
          Skip to the page
        </a>
        <Header />
        <main id="main" className="main" tabIndex={-1}>
          <SessionGate>
            <Pages />
          </SessionGate>
        </main>
      </ArrivalsContext>
    </ServicesContext>
  );
}
