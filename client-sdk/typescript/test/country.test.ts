import assert from "node:assert/strict";
import { test } from "node:test";
import { country, countryCode } from "../src/index.js";

test("unknown, anonymising and unassigned codes say nothing", () => {
  for (const code of ["XX", "T1", "A1", "A2", "O1", "EU", "AP", "ZZ", "AA", "QM", "**", "?"]) {
    assert.equal(countryCode(code), undefined, code);
  }
  for (const code of ["", "D", "DEU", "D\r", "\nDE", null, undefined, {}, 12, ["DE", "FR"]]) {
    assert.equal(countryCode(code), undefined, String(code));
  }
  assert.equal(countryCode("DE"), "DE");
  assert.equal(countryCode("no"), "NO");
  assert.equal(countryCode("QA"), "QA");
});

test("each platform's country is read where the platform puts it", () => {
  const headers = (name: string, value: string) => ({ headers: new Headers({ [name]: value }) });
  assert.equal(country.cloudflare({ cf: { country: "JP" } }), "JP");
  assert.equal(country.cloudflare({ cf: { country: "T1" } }), undefined);
  assert.equal(country.cloudflare({}), undefined);
  assert.equal(country.cloudfront(headers("cloudfront-viewer-country", "DE")), "DE");
  assert.equal(country.cloudfront(headers("cf-ipcountry", "DE")), undefined);
  assert.equal(country.fastly({ client: { geo: { country_code: "FR" } } }), "FR");
  assert.equal(country.fastly({ client: { geo: null } }), undefined);
  assert.equal(country.netlify({ geo: { country: { code: "BR" } } }), "BR");
  assert.equal(country.netlify({}), undefined);
  assert.equal(country.vercel(headers("x-vercel-ip-country", "IN")), "IN");
  assert.equal(country.akamai({ userLocation: { country: "CA" } }), "CA");
});
