import { Avatar } from "../header/Avatar.tsx";
import { Product } from "../header/Product.tsx";
import { ChipSample } from "./ChipSample.tsx";

/** The header of the console with somebody signed in; only the indicator in it is real. */
export function HeaderSample() {
  return (
    <div className="header">
      <span className="header-product">
        <Product />
      </span>
      <div className="header-navigation">
        {/* Links to nowhere: they take no focus. */}
        {["Dashboard", "Projects"].map((page, index) => (
          <span key={page} className="header-link" aria-current={index === 0 ? "page" : undefined}>
            {page}
          </span>
        ))}
      </div>
      <div className="header-indicator">
        <ChipSample />
      </div>
      <div className="header-account">
        <Avatar login="mira" />
        <span className="button button-quiet">Sign out</span>
      </div>
    </div>
  );
}
