import { fileURLToPath } from "node:url";
import { build } from "vite";

const entry = fileURLToPath(new URL("./indicatorHost.tsx", import.meta.url));

/** A page as one text: the indicator as it is now in a host's header, and its store. */
export async function bundleIndicatorPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    // React's development build complains aloud, and StrictMode does all twice.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { write: false, minify: false, lib: { entry, formats: ["es"] } },
  });
  const [first] = Array.isArray(built) ? built : [];
  const files = first?.output ?? [];
  const [script] = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  if (script === undefined) throw new Error("indicator: nothing was built");
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>The page</title>` +
    `<meta name="viewport" content="width=device-width"><body><div id="root"></div>` +
    `<script type="module">${script.replaceAll("</script", "<\\/script")}</script>`
  );
}
