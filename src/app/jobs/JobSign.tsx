import { type Sign, StateSign } from "../../react.ts";

/** The indicator's sign for a state, at the middle of the line of words that it stands before. */
export function JobSign({ sign }: { sign: Sign }) {
  return (
    <span className={`sign sign-${sign}`}>
      <StateSign sign={sign} />
    </span>
  );
}
