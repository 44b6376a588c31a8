import { NavLink } from "react-router";

/** The links to the pages; the current one says so. */
export function Navigation() {
  return (
    <nav className="header-navigation" aria-label="Pages">
      <NavLink to="/" end>
        Dashboard
      </NavLink>
      <NavLink to="/projects">Projects</NavLink>
    </nav>
  );
}
