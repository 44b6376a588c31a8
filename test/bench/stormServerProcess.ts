import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("./stormServer.mjs", import.meta.url));

/** A server in a process of its own, that is killed and started again on the same port. */
export interface StormServer {
  readonly baseUrl: string;
  /** Kills it without notice. */
  kill: () => Promise<void>;
  /** Resolves once it listens again. */
  comeBack: () => Promise<void>;
  /** When each stream since it came back was asked for, in ms since then. */
  arrivals: () => Promise<readonly number[]>;
  end: () => void;
}

/** Starts the server. */
export async function startStormServer(): Promise<StormServer> {
  // Below the ports that systems give out by themselves, so that nobody takes it meanwhile.
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  let child = await spawn();
  await listen(child, port);

  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    async kill() {
      // Ready beforehand, so that coming back is no more than listening.
      const next = await spawn();
      child.kill("SIGKILL");
      await once(child, "exit");
      child = next;
    },
    comeBack: () => listen(child, port),
    async arrivals() {
      const times = await ask(child, {});
      if (!Array.isArray(times)) throw new Error("storm: the server did not tell of its arrivals");
      return times.map(Number);
    },
    end: () => void child.kill("SIGKILL"),
  };
}

/** A process that is ready to listen. */
async function spawn(): Promise<ChildProcess> {
  const child = fork(script);
  await once(child, "message");
  return child;
}

async function listen(child: ChildProcess, port: number): Promise<void> {
  const answer = await ask(child, { port });
  if (answer !== "listening") throw new Error(`storm: the server did not listen on ${port}`);
}

async function ask(child: ChildProcess, question: object): Promise<unknown> {
  child.send(question);
  const [answer]: unknown[] = await Promise.race([once(child, "message"), once(child, "exit")]);
  return answer;
}
