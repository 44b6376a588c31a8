import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const entry = fileURLToPath(new URL("./indicatorHost.tsx", import.meta.url));

/** A page as one text: the indicator as it is now in a host's header, and its store. */
export async function bundleIndicatorPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [react()],
    // React's development build complains aloud, and StrictMode does all twice.
    define: { "process.env.NODE_ENV": '"development"' },
    build: { write: false, minify: false, lib: { entry, formats: ["es"] } },
  });
  const [first] = Array.isArray(built) ? built : [];
  const files = first?.output ?? [];
  const script = files.find((file) => file.type === "chunk")?.code;
  const styles = files.find((file) => file.fileName.endsWith(".css"));
  if (script === undefined || styles?.type !== "asset") throw new Error("indicator: nothing built");
  return (
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">` +
    `<title>The page</title><style>${String(styles.source)}</style>` +
    `<div id="root"></div><script type="module">${script.replaceAll("</script", "<\\/script")}</script>`
  );
}
