import { onTestFinished } from "vitest";

/** The messages of what is thrown uncaught from now on, which then fails no test. */
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
