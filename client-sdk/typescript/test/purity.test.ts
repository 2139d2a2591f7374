import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const bundle = readFileSync("dist/index.js", "utf8");

test("what applications load imports nothing, and asks for nothing that a platform may lack", () => {
  assert.ok(bundle.includes("sojourn.v1.SessionService"));
  assert.doesNotMatch(bundle, /\bimport\b|\brequire\(|node:/);
  for (const name of ["process", "Buffer", "Date", "performance", "window", "document", "global"]) {
    assert.doesNotMatch(bundle, new RegExp(`\\b${name}\\b`), name);
  }
});

test("the types speak of no platform's own", () => {
  const types = readFileSync("dist/index.d.ts", "utf8");
  assert.doesNotMatch(types, /reference types=/);
});
