import { onTestFinished } from "vitest";

/** The messages of all that goes uncaught until the test is over, and does not fail the run. */
export function catchUncaught(): string[] {
  const messages: string[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => messages.push(error.message));
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  });
  return messages;
}
