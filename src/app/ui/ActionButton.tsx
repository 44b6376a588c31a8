import type { ReactNode } from "react";
import { StateSign } from "../../react.ts";

/** Props of {@link ActionButton}. */
export interface ActionButtonProps {
  /** Begins the action. */
  onPress: () => void;
  /** Whether the action is under way: the button stays, with a ring for its label. */
  busy: boolean;
  /** @default false */
  disabled?: boolean;
  /** What the action is done to; heard after the label, not seen. */
  about?: string;
  children: ReactNode;
}

/** A button that begins a request. Keeps its width and the focus while it is busy or disabled. */
export function ActionButton(props: ActionButtonProps) {
  const { busy, disabled = false, about, children } = props;
  const isInactive = busy || disabled;

  return (
    <button
      type="button"
      className="button button-quiet"
      aria-busy={busy}
      aria-disabled={isInactive}
      onClick={() => isInactive || props.onPress()}
    >
      <span className="button-label">
        {children} {about !== undefined && <span className="visually-hidden">{about}</span>}
      </span>
      {busy && (
        <span className="button-ring">
          <StateSign sign="working" />
        </span>
      )}
    </button>
  );
}
