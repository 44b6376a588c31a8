import { execFile } from "node:child_process";

/**
 * Runs a program as a person does in a terminal, and gives what it printed.
 *
 * @throws Error with all that it said, if it failed
 */
export function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  // Vite and Next build something else where they believe to be tested.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const options = { cwd: folder, env: { ...env, NEXT_TELEMETRY_DISABLED: "1" } };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (failure, stdout, stderr) => {
      if (!failure) return resolve(stdout);
      const said = `${program} ${args.join(" ")}\n${stdout}${stderr}`;
      reject(new Error(said, { cause: failure }));
    });
  });
}
