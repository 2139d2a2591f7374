import { cookieName, findHint, type RequestLike } from "./cookie.js";
import { countryCode } from "./country.js";
import { gatewayOf, type GatewayOptions } from "./gateway.js";
import { type NewSession, openSession, type Session } from "./session.js";

export type { RequestLike } from "./cookie.js";
export { country, countryCode } from "./country.js";
export { type ErrorCode, SojournError } from "./errors.js";
export type { Field } from "./fields.js";
export type { Fetch, GatewayOptions } from "./gateway.js";
export type { Kind, NewSession, Outcome, Session, StartReason } from "./session.js";

export interface Options extends GatewayOptions {
  /** Over plain HTTP on loopback, keeps the hint in a cookie that browsers take there. */
  readonly insecure?: boolean | undefined;
  /** Has `commit` tell in a `Server-Timing` header how the last request came to its answer. */
  readonly serverTiming?: boolean | undefined;
}

/** The way from an edge function to the POP that it runs in. */
export interface Sojourn {
  /**
   * The session of a user, by the cookie of the request; sends nothing yet. A hint that is missing,
   * unreadable, expired, superseded or of an ended session gives an empty session.
   */
  open(request: RequestLike, start?: NewSession): Session;
}

/** Makes the way to a POP. Keep it for as long as the program runs; it holds no connection. */
export const sojourn = (options: Options): Sojourn => {
  const send = gatewayOf(options);
  return {
    open({ url, headers }, { country, ...create } = {}) {
      const cookie = cookieName(url, options.insecure);
      const hint = findHint(cookie, headers.get("cookie"));
      return openSession(send, {
        ...options,
        create: { ...create, residencyCountry: countryCode(country) },
        cookie,
        hint,
        reason: hint ? undefined : hint === "" ? "HINT_UNREADABLE" : "NO_HINT",
      });
    },
  };
};
