// Makes what the bundler does not: the declarations of each entry in one file, so that nothing internal
// is published, and the styles, in a layer and without one.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const root = fileURLToPath(new URL("..", import.meta.url));
const silent = { default: { logLevel: "none" } };

for (const entry of ["index", "react", "testing"]) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/types/${entry}.d.ts`,
      compiler: { tsconfigFilePath: `${root}src/tsconfig.lib.json` },
      dtsRollup: { enabled: true, untrimmedFilePath: `${root}dist/lib/${entry}.d.ts` },
      // Which types an entry leaves unnamed is its own matter, and so are the tags of its comments.
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
  const { succeeded } = Extractor.invoke(config, { localBuild: true });
  if (!succeeded) process.exitCode = 1;
}

const styles = readFileSync(`${root}src/react/ActiveActionIndicator.css`, "utf8");
writeFileSync(`${root}dist/lib/style.css`, `@layer active-indicator {\n${styles}}\n`);
writeFileSync(`${root}dist/lib/unlayered.css`, styles);
// TypeScript 7 refuses `import "active-indicator/style.css"` without types.
writeFileSync(`${root}dist/lib/style.d.ts`, "export {};\n");
