import { useState } from "react";
import { Route, Routes } from "react-router";
import { Header } from "./header/Header.tsx";
import { SkipLinks } from "./header/SkipLinks.tsx";
import { ArrivalRegion } from "./pages/ArrivalRegion.tsx";
import { createArrivals } from "./pages/arrivals.ts";
import { Pages } from "./pages/Pages.tsx";
import { ArrivalsContext } from "./pages/usePageHeading.ts";
import { type Services, ServicesContext } from "./services.ts";
import { SessionGate } from "./session/SessionGate.tsx";
import { StatesPage } from "./states/StatesPage.tsx";

/** The console: the header, and below it the page. Needs a router around it. */
export function App({ services }: { services: Services }) {
  const [arrivals] = useState(createArrivals);
  return (
    <ServicesContext value={services}>
      <ArrivalsContext value={arrivals}>
        <SkipLinks />
        <Header />
        <main id="main" className="main" tabIndex={-1}>
          <Routes>
            {/* For everybody: it asks the backend nothing. */}
            <Route path="states" element={<StatesPage />} />
            <Route path="*" element={<SignedIn />} />
          </Routes>
        </main>
        <ArrivalRegion />
      </ArrivalsContext>
    </ServicesContext>
  );
}

function SignedIn() {
  return (
    <SessionGate>
      <Pages />
    </SessionGate>
  );
}
