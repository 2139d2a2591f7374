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

// What `sojourn demo --web` runs is checked in, so that the demo needs no npm; a test compares the two.
await build({
  entryPoints: ["shop.ts"],
  bundle: true,
  format: "esm",
  target: "es2022",
  outdir: "build",
  banner: { js: "// Made from docs/examples/shop.ts and the SDK by `npm run shop` there. Do not edit." },
  logLevel: "warning",
});
