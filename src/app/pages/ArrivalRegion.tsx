import { useContext } from "react";
import { useStore } from "zustand";
import { ArrivalsContext } from "./usePageHeading.ts";

/** Says the name of the page that one has come to. It stays while the pages come and go. */
export function ArrivalRegion() {
  const { title } = useContext(ArrivalsContext);
  return (
    <p className="visually-hidden" aria-live="polite">
      {useStore(title)}
    </p>
  );
}
