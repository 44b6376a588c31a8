import { Link } from "react-router";
import { useSessionState } from "../services.ts";
import { Account } from "./Account.tsx";
import { HeaderIndicator } from "./HeaderIndicator.tsx";
import { measureHeader } from "./measureHeader.ts";
import { Navigation } from "./Navigation.tsx";
import { Product } from "./Product.tsx";

/** The bar on top of every page: where one is, what is going on, and who is signed in. */
export function Header() {
  const session = useSessionState();
  const isSignedIn = session.status === "signedIn";
  return (
    <header ref={measureHeader} className="header">
      <Link className="header-product" to="/">
        <Product />
      </Link>
      {isSignedIn && <Navigation />}
      <HeaderIndicator />
      {isSignedIn && <Account login={session.auth.login} />}
    </header>
  );
}
