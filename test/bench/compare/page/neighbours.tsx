import { memo } from "react";
import type { Contender, Send } from "./contender.ts";

/** How many other components are on the page, and each which of them can send a request. */
const neighbours = { count: 200, sendEvery: 10 };

let renders = 0;

/** How often a component that shows nothing of jobs was rendered. */
export function rendersOfNeighbours(): number {
  return renders;
}

function noteRender(): void {
  renders += 1;
}

function Text({ index }: { index: number }) {
  noteRender();
  return <p>{`A component that has nothing to do with jobs, number ${index}.`}</p>;
}

let request: Parameters<Send> | undefined;

/** Has a person send this request by one of the neighbours. */
export function clickSend(...next: Parameters<Send>): void {
  request = next;
  document.querySelector<HTMLButtonElement>("main button")?.click();
}

function SendButton({ index, send }: { index: number; send: Send }) {
  noteRender();
  return (
    <button type="button" onClick={() => request && void send(...request)}>
      {`Save ${index}`}
    </button>
  );
}

/** The other components of the page: every tenth has a button that sends a request. */
export const Neighbours = memo(({ Sender }: Pick<Contender, "Sender">) => (
  <main>
    {Array.from({ length: neighbours.count }, (_, index) =>
      index % neighbours.sendEvery === 0 ? (
        <Sender key={index}>{(send) => <SendButton index={index} send={send} />}</Sender>
      ) : (
        <Text key={index} index={index} />
      ),
    )}
  </main>
));
