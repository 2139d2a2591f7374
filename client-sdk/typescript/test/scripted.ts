import { type Options, sojourn } from "../src/index.js";

export const HINT = "AQHIzwGQKWNiXuzQcmQp8fDdUbIHZMA2XMvu";
export const NEW_HINT = "AQfresh-and-longer_than~the=old.one";

/** What arrived at the gateway. */
export interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
  init: Record<string, unknown>;
  json: { requestId: string; hint?: string; create?: Record<string, unknown>; operations: unknown[] };
}

/** What the gateway says: a body of 200, an error, or nothing at all. */
export type Answer = object | { status: number; body: unknown } | "silence";

export const ok = (more: object = {}, outcome: object = {}): object => ({
  results: [],
  outcome: { how: "LOCAL", servingPop: "bos", ownerPop: "bos", epoch: "1", version: "1", ...outcome },
  ...more,
});

export const fields = (values: Record<string, string>): object => ({
  results: [
    {
      fields: {
        fields: Object.entries(values).map(([name, text]) => ({ name, value: btoa(text) })),
      },
    },
  ],
});

export const refusal = (status: number, code: string, more: object = {}): Answer => ({
  status,
  body: {
    code: "whatever",
    message: "a text",
    details: [
      { type: "google.rpc.ErrorInfo", value: "", debug: { reason: code } },
      {
        type: "sojourn.v1.ErrorDetail",
        value: "",
        debug: { code, text: "a text", remedy: "a remedy", pop: "bos", ...more },
      },
    ],
  },
});

/** A gateway that says what it is told to say, in turn, and remembers what it was sent. */
export const scripted = (answers: Answer[], options: Partial<Options> = {}) => {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: any) => {
    sent.push({ url, headers: init.headers, body: init.body, init, json: JSON.parse(init.body) });
    const answer = answers.shift();
    if (!answer) throw new Error("asked once too often");
    if (answer === "silence") throw new TypeError("fetch failed");
    return "status" in answer && "body" in answer
      ? new Response(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body), {
          status: answer.status as number,
        })
      : new Response(JSON.stringify(answer));
  };
  const client = sojourn({
    gateway: "https://bos.example.net:7403",
    namespace: "shop",
    token: "the-token",
    fetch,
    ...options,
  });
  return { client, sent, left: answers };
};

export const request = (cookie = "", url = "https://shop.example.net/cart"): Request =>
  new Request(url, cookie ? { headers: { cookie } } : {});

export const withHint = (): Request => request(`a=b; __Host-sojourn=${HINT}; c=d`);
