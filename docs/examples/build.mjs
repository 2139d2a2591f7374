// Bundles each platform's entry with the cart and the SDK into one file that the platform loads.
import { build } from "esbuild";

await build({
  entryPoints: ["cloudflare.ts", "deno.ts", "fastly.ts", "lambda.ts", "lambda-local.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  outdir: "build",
  // What the platforms bring themselves.
  external: ["node:*", "fastly:*"],
  logLevel: "warning",
});
