// Made from docs/examples/shop.ts and the SDK by `npm run shop` there. Do not edit.

// ../../client-sdk/typescript/dist/index.js
var HOST = "__Host-sojourn";
var LIKELY = /^[\w.~=-]{1,200}$/;
var LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/;
var isLikely = (hint) => LIKELY.test(hint);
var cookieName = (url = "", insecure = false) => insecure && LOOPBACK.test(url) ? "sojourn-dev" : HOST;
var findHint = (name, header) => {
  const pair = new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*"?([^;]*?)"?\\s*(?=;|$)`, "g");
  let found;
  for (const [, value] of (header ?? "").matchAll(pair)) {
    if (isLikely(value)) return value;
    if (value) found = "";
  }
  return found;
};
var settingHint = (name, hint, maxAgeSeconds) => `${name}=${hint}${name === HOST ? "; Secure" : ""}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAgeSeconds}`;
var countryCode = (code) => /^(?!AA|AP|EU|Q[M-Z]|X[A-Z]|ZZ)[A-Z]{2}$/.exec(`${code}`.toUpperCase())?.[0];
var ofHeader = (name) => (request) => countryCode(request.headers.get(name));
var country = {
  /** Of a Worker's request. */
  cloudflare: (request) => countryCode(request.cf?.country),
  /** Of a request behind CloudFront, for Lambda@Edge. */
  cloudfront: ofHeader("cloudfront-viewer-country"),
  /** Of Fastly Compute's `event`. */
  fastly: (event) => countryCode(event.client.geo?.country_code),
  /** Of Netlify's `context`. */
  netlify: (context) => countryCode(context.geo?.country?.code),
  /** Of a request on Vercel. */
  vercel: ofHeader("x-vercel-ip-country"),
  /** Of an EdgeWorker's request. */
  akamai: (request) => countryCode(request.userLocation?.country)
};
var gatewayOf = (options) => {
  const { gateway, token, init, timeoutMillis = 2e3, retries = 2 } = options;
  const urls = [gateway].flat();
  const attempt = async ({ body, hint }, url) => {
    const headers = {
      "content-type": "application/json",
      "connect-timeout-ms": `${timeoutMillis}`
    };
    if (hint) headers["sojourn-hint"] = hint;
    if (token) headers.authorization = `Bearer ${token}`;
    let status;
    try {
      const response = await (options.fetch ?? fetch)(`${url}/sojourn.v1.SessionService/Execute`, {
        ...init,
        method: "POST",
        headers,
        body
      });
      status = response.status;
      const answer = await response.json();
      return response.ok ? { answer } : { failure: answer.details[1].debug };
    } catch {
      const text = `gateway said ${status ?? "nothing"}`;
      const retryable = !(status < 500);
      return { failure: { code: "GATEWAY_UNREACHABLE", text, retryable } };
    }
  };
  return async (call) => {
    for (let attempts = 0; ; ) {
      const reply = await attempt(call, urls[attempts++ % urls.length]);
      const { retryable, retryAfterMillis = 0 } = reply.failure ?? {};
      if (!retryable || attempts > retries) return { ...reply, attempts };
      await new Promise((done) => setTimeout(done, +retryAfterMillis));
    }
  };
};
var SojournError = class extends Error {
  constructor({ code, text, retryable = false, remedy, pop, versionsMissing = "0" }) {
    super(`${code}: ${text}`);
    Object.assign(this, { name: "SojournError", code, retryable, remedy, pop, versionsMissing: +versionsMissing });
  }
};
var toBase64 = (value) => {
  let binary = "";
  for (const byte of typeof value === "string" ? new TextEncoder().encode(value) : value) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
};
var fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
var fieldOf = ({
  value = "",
  contentType = "",
  dataClass = "default"
}) => {
  const bytes = fromBase64(value);
  return { bytes, text: new TextDecoder().decode(bytes), contentType, dataClass };
};
var adding = (name, by) => (fields) => {
  const old = fields.get(name);
  const before = old?.text ?? "0";
  if (/^-?\d+$/.test(before)) {
    fields.set(name, fieldOf({ ...old, value: btoa(`${BigInt(before) + by}`) }));
  }
};
var appending = (name, value) => (fields) => {
  const old = fields.get(name);
  const bytes = [...old?.bytes ?? [], ...fromBase64(value)];
  fields.set(name, fieldOf({ ...old, value: toBase64(bytes) }));
};
var openSession = (send, opening) => {
  const { namespace, create, cookie, serverTiming } = opening;
  let { hint = "", reason } = opening;
  let hintChanged = false;
  let maxAgeSeconds = 0;
  let changes = [];
  let saved;
  let unanswered;
  let ended = false;
  let heard = false;
  let outcome;
  let last = Promise.resolve();
  const hold = (from) => {
    if (isLikely(from.hint ?? "")) {
      hint = from.hint;
      maxAgeSeconds = +from.hintMaxAgeSeconds | 0;
      hintChanged = true;
    }
  };
  const adopt = (answer) => {
    const told2 = { ownerPop: "", roundTrips: 0, ...answer.outcome };
    for (const key of ["epoch", "version", "versionsMissing"]) told2[key] = +(told2[key] ?? 0);
    outcome = told2;
    heard = true;
    hold(answer);
    if (told2.sessionEnded) {
      ended = hintChanged = true;
      hint = "";
      maxAgeSeconds = 0;
    }
  };
  const startEmpty = (failure) => {
    if (heard || !/^HINT|SESSION_E/.test(failure.code)) throw new SojournError(failure);
    heard = true;
    reason = failure.code;
    hint = "";
  };
  const inTurn = (step) => {
    const mine = last.then(step);
    last = mine.catch(() => {
    });
    return mine;
  };
  const callOf = (operations) => ({
    hint,
    body: JSON.stringify({
      namespace,
      requestId: toBase64(crypto.getRandomValues(new Uint8Array(16))),
      create: hint ? void 0 : create,
      operations
    })
  });
  const readSaved = async () => {
    if (saved) return saved;
    const fields2 = /* @__PURE__ */ new Map();
    if (hint) {
      const { answer, failure } = await send(callOf([{ get: {} }]));
      if (answer) adopt(answer);
      else {
        hold(failure);
        startEmpty(failure);
      }
      for (const field of answer?.results?.[0]?.fields?.fields ?? []) {
        fields2.set(field.name, fieldOf(field));
      }
    }
    return saved = fields2;
  };
  const fields = async () => {
    const now = new Map(await inTurn(readSaved));
    for (const { effect } of changes) effect?.(now);
    return now;
  };
  const writeNew = async (all, first) => {
    const operations = all.map((change2) => change2.operation);
    if (operations.some((o) => hint || o.put || o.increment || o.append || o.requireVersion)) {
      await write({ ...callOf(operations), changes: all }, first);
    }
  };
  const write = async (call, first) => {
    unanswered = saved = void 0;
    const { answer, failure, attempts } = await send(call);
    if (answer) return adopt(answer);
    hold(failure);
    if (failure.retryable) unanswered = call;
    const isNew = failure.code === "OUTCOME_UNKNOWN" && first && attempts < 2;
    if (!isNew) startEmpty(failure);
    await writeNew(call.changes, false);
  };
  const sendChanges = async () => {
    if (unanswered) await write(unanswered, false);
    const all = changes;
    changes = [];
    if (ended && all[0]) throw new SojournError({ code: "SESSION_ENDED", text: "just now" });
    await writeNew(all, true);
  };
  const change = (operation, name, effect) => {
    if (name === "__proto__") throw new SojournError({ code: "INVALID_REQUEST", text: `no field name: ${name}` });
    changes.push({ operation, effect });
    return session;
  };
  const get = async (name) => (await fields()).get(name);
  const session = {
    get startedBecause() {
      return reason;
    },
    get hint() {
      return hint;
    },
    get setCookie() {
      return hintChanged ? settingHint(cookie, hint, maxAgeSeconds) : void 0;
    },
    get outcome() {
      return outcome;
    },
    fields,
    get,
    getText: async (name) => (await get(name))?.text,
    async getNumber(name) {
      const number = +((await get(name))?.text || NaN);
      if (Number.isSafeInteger(number)) return number;
    },
    put(name, value, kind) {
      const field = { ...kind, name, value: toBase64(value) };
      return change({ put: { field } }, name, (all) => all.set(name, fieldOf(field)));
    },
    remove: (name) => change({ remove: { name } }, name, (all) => all.delete(name)),
    increment: (name, by = 1) => change({ increment: { name, by: `${by}` } }, name, adding(name, BigInt(by))),
    append(name, bytes) {
      const value = toBase64(bytes);
      return change({ append: { name, value } }, name, appending(name, value));
    },
    requireVersion: (version = outcome?.version ?? 0) => change({ requireVersion: { version: `${version}` } }),
    rotate: () => change({ rotate: {} }),
    destroy: () => change({ destroy: {} }, "", (all) => all.clear()),
    async commit(response) {
      await inTurn(sendChanges);
      let copy = response;
      const add = (name, value) => {
        if (value && response) {
          copy = new Response(copy.body, copy);
          copy.headers.append(name, value);
        }
      };
      add("set-cookie", session.setCookie);
      const o = outcome;
      add(
        "server-timing",
        serverTiming && o && `sojourn;desc="${o.how} ${o.servingPop} ${o.ownerPop} ${o.roundTrips}"`
      );
      return copy;
    }
  };
  return session;
};
var sojourn = (options) => {
  const send = gatewayOf(options);
  return {
    open({ url, headers }, { country: country2, ...create } = {}) {
      const cookie = cookieName(url, options.insecure);
      const hint = findHint(cookie, headers.get("cookie"));
      return openSession(send, {
        ...options,
        create: { ...create, residencyCountry: countryCode(country2) },
        cookie,
        hint,
        reason: hint ? void 0 : hint === "" ? "HINT_UNREADABLE" : "NO_HINT"
      });
    }
  };
};

// shop.ts
var FRUIT = ["apples", "pears", "figs"];
var shop_default = {
  async fetch(request, env) {
    const calls = [];
    const sessions = sojourn({
      gateway: env.GATEWAY,
      namespace: "demo",
      token: env.TOKEN,
      insecure: true,
      fetch: watched(calls)
    });
    const session = sessions.open(request, { country: countryCode(request.headers.get("x-country")) });
    const order = await orderOf(request);
    if (!order) return new Response("no JSON", { status: 400 });
    const cart = {};
    try {
      const refused = await obey(session, order);
      for (const fruit of FRUIT) cart[fruit] = await session.getNumber(fruit) ?? 0;
      const name = await session.getText("name");
      const { startedBecause } = session;
      return await session.commit(Response.json({ cart, name, startedBecause, refused, calls }));
    } catch (error) {
      return Response.json({ cart, refused: told(error), calls });
    }
  }
};
async function orderOf(request) {
  try {
    return { ...await request.json() };
  } catch {
    return void 0;
  }
}
async function obey(session, { add, login, logout }) {
  if (add && FRUIT.includes(add)) session.increment(add);
  if (typeof login === "string" && login) session.put("name", login.slice(0, 40), { dataClass: "identity" }).rotate();
  if (logout) session.destroy();
  try {
    await session.commit();
    return void 0;
  } catch (error) {
    if (error instanceof SojournError && error.retryable) throw error;
    return told(error);
  }
}
function told(error) {
  if (!(error instanceof SojournError)) throw error;
  return { code: error.code, text: error.message, remedy: error.remedy };
}
var watched = (calls) => async (url, init) => {
  const start = performance.now();
  const response = await fetch(url, init);
  const answer = await response.json();
  const reads = JSON.parse(init.body).operations.every(({ get }) => get);
  calls.push({
    kind: reads ? "read" : "write",
    millis: performance.now() - start,
    outcome: answer.outcome,
    error: answer.details?.[1]?.debug
  });
  return { ok: response.ok, status: response.status, json: async () => answer };
};
export {
  shop_default as default
};
