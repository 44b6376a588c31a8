/**
 * Variables that are about this process and not about its children: `NODE_ENV` because Vite sets it
 * to `development` and a production build would obey, the `GIT_` ones because inside a git hook they
 * point every git command to one repository.
 */
const OWN =
  /^(NODE_ENV|VITE_USER_NODE_ENV|FORCE_COLOR|VITEST.*|GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX))$/;

/** The environment for child processes: this one's, without what only concerns this process. */
export function childEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
  additions: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !OWN.test(name));
  return { ...Object.fromEntries(kept), ...additions };
}
