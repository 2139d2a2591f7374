import assert from "node:assert/strict";
import { test } from "node:test";
import { SojournError } from "../src/index.js";
import { fields, HINT, NEW_HINT, ok, refusal, request, scripted, withHint } from "./scripted.js";

const failure = async (attempt: Promise<unknown>): Promise<SojournError> => {
  try {
    await attempt;
  } catch (error) {
    assert.ok(error instanceof SojournError, String(error));
    return error;
  }
  return assert.fail("nothing was thrown");
};

test("open sends nothing, and the first read asks for all fields at once", async () => {
  const { client, sent } = scripted([ok(fields({ cart: "2 apples", hits: "41" }))]);
  const session = client.open(withHint());
  assert.equal(sent.length, 0);

  assert.equal(await session.getText("cart"), "2 apples");
  assert.equal(await session.getNumber("hits"), 41);
  assert.equal(await session.get("nothing"), undefined);
  assert.equal(sent.length, 1);
  assert.equal(sent[0]!.url, "https://bos.example.net:7403/sojourn.v1.SessionService/Execute");
  assert.equal(sent[0]!.headers["sojourn-hint"], HINT);
  assert.equal(sent[0]!.headers["authorization"], "Bearer the-token");
  assert.deepEqual(sent[0]!.json.operations, [{ get: {} }]);
  assert.equal(atob(sent[0]!.json.requestId).length, 16);
  assert.equal(session.startedBecause, undefined);
});

test("a user without a hint costs nothing until something is put", async () => {
  const { client, sent } = scripted([]);
  const session = client.open(request());
  assert.equal(session.startedBecause, "NO_HINT");
  assert.equal(await session.getText("cart"), undefined);
  session.remove("cart").rotate().destroy();
  const response = new Response("hello");
  assert.equal(await session.commit(response), response);
  assert.equal(sent.length, 0);
});

test("changes go out together, and reads show them before", async () => {
  const { client, sent } = scripted([
    ok(fields({ hits: "9007199254740993", log: "a" })),
    ok({}, { version: "2" }),
  ]);
  const session = client.open(withHint());
  session.increment("hits", -3).append("log", "b\u00e9").put("card", new Uint8Array([1, 255]), {
    contentType: "application/octet-stream",
    dataClass: "payment",
  });
  session.put("gone", "x").remove("gone");
  assert.equal(await session.getText("hits"), "9007199254740990");
  assert.equal(await session.getText("log"), "ab\u00e9");
  assert.deepEqual([...(await session.get("card"))!.bytes], [1, 255]);
  assert.equal((await session.get("card"))!.dataClass, "payment");
  assert.deepEqual([...(await session.fields()).keys()], ["hits", "log", "card"]);
  assert.equal(sent.length, 1);

  await session.commit();
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[1]!.json.operations, [
    { increment: { name: "hits", by: "-3" } },
    { append: { name: "log", value: btoa("b\u00c3\u00a9") } },
    {
      put: {
        field: {
          contentType: "application/octet-stream",
          dataClass: "payment",
          name: "card",
          value: "Af8=",
        },
      },
    },
    { put: { field: { name: "gone", value: "eA==" } } },
    { remove: { name: "gone" } },
  ]);
  await session.commit();
  assert.equal(sent.length, 2);
});

test("a creation names the user's country and brings the cookie", async () => {
  const { client, sent } = scripted([
    ok({ hint: NEW_HINT, hintMaxAgeSeconds: "3600" }, { sessionCreated: true }),
  ]);
  const session = client.open(request(), { country: "DE", idleLifetimeMillis: 60_000 });
  const response = await session.put("cart", "1").commit(new Response("hello", { status: 201 }));
  assert.deepEqual(sent[0]!.json.create, { idleLifetimeMillis: 60_000, residencyCountry: "DE" });
  assert.equal(sent[0]!.headers["sojourn-hint"], undefined);
  assert.equal(
    response.headers.get("set-cookie"),
    `__Host-sojourn=${NEW_HINT}; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600`,
  );
  assert.equal(response.status, 201);
  assert.equal(await response.text(), "hello");
});

test("the cookie is set only where the hint changed", async () => {
  const { client } = scripted([ok(fields({})), ok({}, { version: "2" })]);
  const session = client.open(withHint());
  await session.fields();
  const response = new Response("hello");
  assert.equal(await session.increment("hits").commit(response), response);
  assert.equal(response.headers.get("set-cookie"), null);
});

test("a read that moved the session brings a cookie too, even for a redirect", async () => {
  const { client } = scripted([ok({ ...fields({}), hint: NEW_HINT, hintMaxAgeSeconds: "60" })]);
  const session = client.open(withHint());
  await session.fields();
  const response = await session.commit(Response.redirect("https://shop.example.net/"));
  assert.match(response.headers.get("set-cookie")!, /^__Host-sojourn=AQfresh/);
  assert.equal(response.status, 302);
});

for (const code of [
  "HINT_UNREADABLE",
  "HINT_EXPIRED",
  "HINT_SUPERSEDED",
  "SESSION_ENDED",
  "SESSION_ERASED",
]) {
  test(`${code} gives an empty session that says so, to a read`, async () => {
    const { client, sent } = scripted([refusal(401, code), ok({ hint: NEW_HINT })]);
    const session = client.open(withHint());
    assert.equal((await session.fields()).size, 0);
    assert.equal(session.startedBecause, code);
    assert.equal(session.setCookie, undefined);
    await session.put("cart", "1").commit();
    assert.equal(sent[1]!.headers["sojourn-hint"], undefined);
    assert.ok(sent[1]!.json.create);
  });

  test(`${code} gives an empty session that says so, to a commit`, async () => {
    const { client, sent } = scripted([refusal(401, code), ok({ hint: NEW_HINT })]);
    const session = client.open(withHint());
    await session.put("cart", "1").commit();
    assert.equal(session.startedBecause, code);
    assert.notEqual(sent[0]!.json.requestId, sent[1]!.json.requestId);
    assert.deepEqual(sent[0]!.json.operations, sent[1]!.json.operations);
    assert.equal(session.hint, NEW_HINT);
  });
}

test("a session that ends under a user's hands is an error, not a new session", async () => {
  const { client, sent } = scripted([ok(fields({ cart: "1" })), refusal(404, "SESSION_ENDED")]);
  const session = client.open(withHint());
  await session.fields();
  const error = await failure(session.put("cart", "2").commit());
  assert.equal(error.code, "SESSION_ENDED");
  assert.equal(sent.length, 2);
});

test("a user whose data was lost hears of it", async () => {
  for (const code of ["SESSION_LOST", "SESSION_ROLLED_BACK"]) {
    const { client } = scripted([refusal(500, code), refusal(500, code)]);
    const session = client.open(withHint());
    assert.equal((await failure(session.fields())).code, code);
    // And again: what failed must not pass for an empty session.
    assert.equal((await failure(session.fields())).code, code);
  }
});

test("a retry is the same bytes, at the next gateway", async () => {
  const { client, sent } = scripted(
    [
      "silence",
      refusal(503, "OWNER_UNREACHABLE", { retryable: true }),
      ok({}, { version: "2" }),
    ],
    { gateway: ["https://one.example", "https://two.example"] },
  );
  await client.open(withHint()).increment("hits").commit();
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ body }) => body)).size, 1);
  assert.deepEqual(
    sent.map(({ url }) => new URL(url).host),
    ["one.example", "two.example", "one.example"],
  );
});

test("a commit that was not answered is sent again first, byte for byte", async () => {
  const { client, sent } = scripted(
    [refusal(504, "DEADLINE_EXCEEDED", { retryable: true }), ok({}, { version: "2" }), ok()],
    { retries: 0 },
  );
  const session = client.open(withHint());
  const error = await failure(session.increment("hits").commit());
  assert.equal(error.retryable, true);
  assert.equal(error.remedy, "a remedy");
  assert.equal(error.pop, "bos");

  await session.put("cart", "1").commit();
  assert.equal(sent.length, 3);
  assert.equal(sent[1]!.body, sent[0]!.body);
  assert.deepEqual(sent[2]!.json.operations, [
    { put: { field: { name: "cart", value: "MQ==" } } },
  ]);
});

test("an error that will not pass is thrown at once, and its changes are forgotten", async () => {
  const { client, sent } = scripted([refusal(400, "NOT_A_NUMBER")]);
  const session = client.open(withHint());
  const error = await failure(session.increment("cart").commit());
  assert.equal(error.code, "NOT_A_NUMBER");
  assert.equal(error.retryable, false);
  assert.equal(error.message, "NOT_A_NUMBER: a text");
  await session.commit();
  assert.equal(sent.length, 1);
});

test("the outcome of a write that was sent once is not in doubt", async () => {
  const unknown = refusal(409, "OUTCOME_UNKNOWN", { hint: NEW_HINT, hintMaxAgeSeconds: "60" });
  const { client, sent } = scripted([unknown, ok({}, { version: "9" })]);
  const session = client.open(withHint());
  await session.increment("hits").commit();
  assert.equal(sent[1]!.headers["sojourn-hint"], NEW_HINT);
  assert.notEqual(sent[1]!.json.requestId, sent[0]!.json.requestId);
  assert.match(session.setCookie!, /AQfresh/);

  const doubtful = scripted(["silence", unknown]);
  const error = await failure(doubtful.client.open(withHint()).increment("hits").commit());
  assert.equal(error.code, "OUTCOME_UNKNOWN");
  assert.equal(doubtful.sent.length, 2);
});

test("no answer at all is told without what was sent", async () => {
  const { client } = scripted(["silence", "silence", "silence"]);
  const error = await failure(client.open(withHint()).put("cart", "secret").commit());
  assert.equal(error.code, "GATEWAY_UNREACHABLE");
  assert.equal(error.retryable, true);
  assert.doesNotMatch(JSON.stringify(error) + error.stack, /secret|AQHI|the-token/);
});

test("an answer of something else is no gateway's", async () => {
  const page = { status: 404, body: "<html>not here</html>" };
  const error = await failure(scripted([page]).client.open(withHint()).fields());
  assert.equal(error.code, "GATEWAY_UNREACHABLE");
  assert.equal(error.retryable, false);
  assert.match(error.message, /404/);

  const busy = { status: 502, body: "<html>bad gateway</html>" };
  const { client, sent } = scripted([busy, ok(fields({}))]);
  await client.open(withHint()).fields();
  assert.equal(sent.length, 2);
});

test("destroy removes the cookie, and nothing may follow", async () => {
  const { client } = scripted([ok({}, { sessionEnded: true })]);
  const session = client.open(withHint());
  const response = await session.destroy().commit(new Response());
  assert.equal(
    response.headers.get("set-cookie"),
    "__Host-sojourn=; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=0",
  );
  assert.equal((await failure(session.put("cart", "1").commit())).code, "SESSION_ENDED");
});

test("two commits at once make one session", async () => {
  const { client, sent } = scripted([ok({ hint: NEW_HINT }), ok({}, { version: "2" })]);
  const session = client.open(request());
  const first = session.put("a", "1").commit();
  while (sent.length === 0) await null;
  const second = session.put("b", "2").commit();
  await Promise.all([first, second]);
  assert.equal(sent[0]!.headers["sojourn-hint"], undefined);
  assert.equal(sent[1]!.headers["sojourn-hint"], NEW_HINT);
  assert.equal(sent.length, 2);
});

test("requireVersion takes the version last heard", async () => {
  const { client, sent } = scripted([
    ok(fields({}), { version: "7" }),
    refusal(400, "VERSION_MISMATCH"),
  ]);
  const session = client.open(withHint());
  await session.fields();
  const error = await failure(session.requireVersion().put("step", "paid").commit());
  assert.equal(error.code, "VERSION_MISMATCH");
  assert.deepEqual(sent[1]!.json.operations[0], { requireVersion: { version: "7" } });
});

test("the outcome is told, and in a header if wanted", async () => {
  const outcome = { how: "GRANTED", servingPop: "nrt", ownerPop: "nrt", epoch: "2", roundTrips: 1 };
  const { client } = scripted([ok(fields({}), outcome)], { serverTiming: true });
  const session = client.open(withHint());
  await session.fields();
  assert.equal(session.outcome!.how, "GRANTED");
  assert.equal(session.outcome!.epoch, 2);
  const response = await session.commit(new Response());
  assert.equal(response.headers.get("server-timing"), 'sojourn;desc="GRANTED nrt nrt 1"');
});

test("what the platform's fetch wants to be told is passed through", async () => {
  const { client, sent } = scripted([ok(fields({}))], { init: { backend: "sojourn", method: "GET" } });
  await client.open(withHint()).fields();
  assert.equal(sent[0]!.init["backend"], "sojourn");
  assert.equal(sent[0]!.init["method"], "POST");
});

test("no field is named like an object's prototype, and none becomes one", async () => {
  const { client, sent } = scripted([
    ok({
      results: [
        { fields: { fields: [{ name: "__proto__", value: "e30=" }, { name: "x", value: "" }] } },
      ],
    }),
  ]);
  const session = client.open(withHint());
  assert.throws(() => session.put("__proto__", "x"), { code: "INVALID_REQUEST" });
  assert.throws(() => session.increment("__proto__"), { code: "INVALID_REQUEST" });
  const all = await session.fields();
  assert.equal(all.get("__proto__")!.text, "{}");
  assert.equal(({} as Record<string, unknown>)["text"], undefined);
  assert.equal(sent.length, 1);
});

test("a hint with characters that no hint has goes into no header", async () => {
  const { client } = scripted([ok({ hint: "x\r\nset-cookie: a=b", hintMaxAgeSeconds: "1; Domain=x" })]);
  const session = client.open(request());
  const response = await session.put("cart", "1").commit(new Response());
  assert.equal(response.headers.get("set-cookie"), null);

  const lying = scripted([ok({ hint: NEW_HINT, hintMaxAgeSeconds: "1; Domain=x" })]).client;
  const other = lying.open(request());
  await other.put("cart", "1").commit();
  assert.match(other.setCookie!, /Max-Age=0$/);
});

test("an asynchronous namespace that goes on says how much a crash has undone", async () => {
  const { client } = scripted([
    ok(fields({ score: "7" }), { version: "9", versionsMissing: "3" }),
    ok({}, { version: "10" }),
  ]);
  const session = client.open(withHint());
  assert.equal(await session.getText("score"), "7");
  assert.equal(session.outcome?.versionsMissing, 3);
  session.increment("score");
  await session.commit();
  assert.equal(session.outcome?.versionsMissing, 0);
  assert.equal(session.outcome?.version, 10);
});

test("one that does not go on is gone on with under the fresh hint", async () => {
  const gone = { hint: NEW_HINT, hintMaxAgeSeconds: "60", versionsMissing: "3" };
  const { client, sent } = scripted([
    refusal(500, "VERSIONS_MISSING", gone),
    ok(fields({ score: "7" }), { version: "9" }),
  ]);
  const session = client.open(withHint());
  const error = await failure(session.getText("score"));
  assert.equal(error.code, "VERSIONS_MISSING");
  assert.equal(error.versionsMissing, 3);
  assert.equal(session.startedBecause, undefined);
  assert.equal(await session.getText("score"), "7");
  assert.equal(sent[1]!.headers["sojourn-hint"], NEW_HINT);
  assert.ok((await session.commit(new Response())).headers.get("set-cookie")?.includes(NEW_HINT));
});
