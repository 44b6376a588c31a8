/** The one in the middle. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How long something takes, in ms. */
export async function timeOf(act: () => void | Promise<void>): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

/** How often something is done for one figure: a clock that ticks every 5 µs sees no less. */
const perSample = 10;

/** The median of what one of many takes, in ms: half a second of them, and at least thirty. */
export async function medianTime(act: (index: number) => void | Promise<void>): Promise<number> {
  const values: number[] = [];
  const end = performance.now() + 500;
  let index = 0;
  while (values.length < 3 || (values.length < 100 && performance.now() < end)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const ms = await timeOf(async () => {
      for (const last = index + perSample; index < last; index += 1) {
        const acting = act(index);
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        if (acting) await acting;
      }
    });
    values.push(ms / perSample);
  }
  return medianOf(values);
}

/** A new task, such as each message of a socket has. */
export function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener("message", () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
}

/** Waits for so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
