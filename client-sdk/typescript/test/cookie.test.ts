import assert from "node:assert/strict";
import { test } from "node:test";
import { cookieName, findHint, settingHint } from "../src/cookie.js";
import { HINT, ok, request, scripted } from "./scripted.js";

const HOST = "__Host-sojourn";

for (const [header, expected] of [
  [null, undefined],
  ["", undefined],
  ["other=1", undefined],
  [`${HOST}=abc`, "abc"],
  [` a=b ;${HOST} = "abc" ; c=d`, "abc"],
  [`${HOST}=`, undefined],
  [`${HOST}=a b`, ""],
  [`${HOST}=${"x".repeat(201)}`, ""],
  [`${HOST}=a b; ${HOST}=abc`, "abc"],
  [`${HOST}=first; ${HOST}=second`, "first"],
  [`other=1,${HOST}=evil; x=y`, undefined],
  [`X${HOST}=evil`, undefined],
  [`other="; ${HOST}=abc"`, "abc"],
  [`${HOST}=abc"def`, ""],
] as const) {
  test(`the cookie header ${header} holds ${expected}`, () => {
    assert.equal(findHint(HOST, header), expected);
  });
}

test("a value that no POP can have made asks nobody", async () => {
  const { client, sent } = scripted([]);
  const session = client.open(request("__Host-sojourn=a b"));
  assert.equal(session.startedBecause, "HINT_UNREADABLE");
  assert.equal((await session.fields()).size, 0);
  assert.equal(sent.length, 0);
});

test("the development cookie is for plain HTTP on loopback, and only where it is wanted", () => {
  assert.equal(cookieName("http://127.0.0.1:8787/x", true), "sojourn-dev");
  assert.equal(cookieName("http://localhost/", true), "sojourn-dev");
  assert.equal(cookieName("http://[::1]:80", true), "sojourn-dev");
  for (const [url, insecure] of [
    ["http://127.0.0.1:8787/x", false],
    ["https://127.0.0.1/", true],
    ["http://shop.example.net/", true],
    ["http://localhost.example.net/", true],
    ["http://127.0.0.1.example.net/", true],
    ["http://localhost@evil.example/", true],
    [undefined, true],
  ] as const) {
    assert.equal(cookieName(url, insecure), HOST, url);
  }
  assert.equal(
    settingHint("sojourn-dev", "abc", 5),
    "sojourn-dev=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=5",
  );
});

test("over plain HTTP on loopback the other cookie is read and set", async () => {
  const { client, sent } = scripted([ok({ hint: "AQnew" })], { insecure: true });
  const session = client.open(
    request(`__Host-sojourn=old; sojourn-dev=${HINT}`, "http://127.0.0.1:8787/"),
  );
  await session.put("cart", "1").commit();
  assert.equal(sent[0]!.headers["sojourn-hint"], HINT);
  assert.match(session.setCookie!, /^sojourn-dev=AQnew; HttpOnly/);
});
