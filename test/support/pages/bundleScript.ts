import { fileURLToPath } from "node:url";
import { build } from "vite";

/**
 * One script of a file and all that it imports, as they are now. A library leaves `NODE_ENV` to its
 * host's build, which such a page has not.
 */
export async function bundleScript(
  file: URL,
  nodeEnv: "development" | "production",
): Promise<string> {
  const entry = fileURLToPath(file);
  const built = await build({
    configFile: false,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": JSON.stringify(nodeEnv) },
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ["es"] },
      // What is otherwise loaded when it is needed is in it from the start: such a page has one file.
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(built) ? built : [];
  const code = first?.output[0].code;
  if (code === undefined) throw new Error(`${entry}: nothing was built`);
  return code;
}
