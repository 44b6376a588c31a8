import { Link } from "react-router";
import { Page } from "./Page.tsx";

/** Says that there is nothing at an address, and where to go on. */
export function NotFoundPage({ what = "There is no page at this address." }: { what?: string }) {
  return (
    <Page name="not found" title="Not found">
      <p className="empty">
        {what} Go to the <Link to="/">Dashboard</Link> or to the{" "}
        <Link to="/projects">Projects</Link>.
      </p>
    </Page>
  );
}
