import type { ReactNode } from "react";
import { usePageHeading } from "./usePageHeading.ts";

/** Props of {@link Page}. */
export interface PageProps {
  /** What tells this page from the others, whatever its title. */
  name: string;
  title: string;
  /** What stands under the title. */
  lead?: ReactNode;
  children: ReactNode;
}

/** A page: its heading, its title in the browser, and the focus on the heading on arrival. */
export function Page({ name, title, lead, children }: PageProps) {
  const heading = usePageHeading(name, title);
  return (
    <>
      <div className="page-header">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div className="page-lead">{lead}</div>}
      </div>
      {children}
    </>
  );
}
