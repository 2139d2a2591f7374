import type { ErrorDetail, ExecuteResponse } from "./wire.js";

/**
 * The platform's own `fetch`, or another with its shape. Every platform has its own types for what
 * may stand in `init`, and none fits all.
 */
export type Fetch = (url: string, init: any) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}>;

export interface GatewayOptions {
  /** Where the node's gateway is, such as `https://pop.example.net:7403`; several are tried in turn. */
  readonly gateway: string | readonly string[];
  /** The application's name. */
  readonly namespace: string;
  /** From `sojourn tokens new`; a secret. */
  readonly token?: string | undefined;
  /** Left out: the platform's. */
  readonly fetch?: Fetch | undefined;
  /** What else the platform's fetch wants to be told: a backend, a dispatcher, a signal. */
  readonly init?: object | undefined;
  /** How long the node may work on a call; 2000. */
  readonly timeoutMillis?: number | undefined;
  /** How often a call is sent again that failed in a way that may pass; 2. */
  readonly retries?: number | undefined;
}

/** One request, made once: a retry is the same bytes. */
export interface Call {
  readonly body: string;
  readonly hint: string;
}

/** What came back. */
export interface Reply {
  readonly answer?: ExecuteResponse;
  readonly failure?: ErrorDetail;
  readonly attempts: number;
}

/** Sends a call, and again if that may help. */
export type Send = (call: Call) => Promise<Reply>;

export const gatewayOf = (options: GatewayOptions): Send => {
  const { gateway, token, init, timeoutMillis = 2000, retries = 2 } = options;
  const urls = [gateway].flat();

  const attempt = async ({ body, hint }: Call, url: string): Promise<Omit<Reply, "attempts">> => {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "connect-timeout-ms": `${timeoutMillis}`,
    };
    if (hint) headers["sojourn-hint"] = hint;
    if (token) headers.authorization = `Bearer ${token}`;
    let status;
    try {
      // Not as a method of the options: some platforms' fetch will not be called so.
      const response = await (options.fetch ?? fetch)(`${url}/sojourn.v1.SessionService/Execute`, {
        ...init,
        method: "POST",
        headers,
        body,
      });
      status = response.status;
      const answer = (await response.json()) as any;
      return response.ok ? { answer } : { failure: answer.details[1].debug };
    } catch {
      // Not with the failure's own text, which may hold what was sent.
      const text = `gateway said ${status ?? "nothing"}`;
      const retryable = !(status! < 500);
      return { failure: { code: "GATEWAY_UNREACHABLE", text, retryable } };
    }
  };

  return async (call) => {
    for (let attempts = 0; ; ) {
      const reply = await attempt(call, urls[attempts++ % urls.length]!);
      const { retryable, retryAfterMillis = 0 } = reply.failure ?? {};
      if (!retryable || attempts > retries) return { ...reply, attempts };
      await new Promise((done) => setTimeout(done, +retryAfterMillis));
    }
  };
};
