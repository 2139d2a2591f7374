// Fails when what applications load is not small any more.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const bytesMax = 5000;
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("../src/index.ts", import.meta.url))],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
});
const bytes = outputFiles[0].contents.length;
console.log(`@sojourn/edge has ${bytes} bytes minified, of at most ${bytesMax}`);
if (bytes > bytesMax) {
  process.exitCode = 1;
}
