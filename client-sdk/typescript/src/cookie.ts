/** What `open` looks at in a request: a `Request`, or anything with as much. */
export interface RequestLike {
  readonly url?: string | undefined;
  readonly headers: { get(name: string): string | null };
}

const HOST = "__Host-sojourn";
const LIKELY = /^[\w.~=-]{1,200}$/;
const LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/;

/** Whether a POP can have made this; if not, it goes neither into a header nor into a cookie. */
export const isLikely = (hint: string): boolean => LIKELY.test(hint);

/**
 * The name of the cookie that carries the hint. Browsers take a `__Host-` cookie over TLS alone, so
 * over plain HTTP on loopback, and only where that is wanted, it has another one.
 */
export const cookieName = (url = "", insecure = false): string =>
  insecure && LOOPBACK.test(url) ? "sojourn-dev" : HOST;

/**
 * The first value of that name that could be a hint; else an empty one, or nothing if there is no
 * such cookie. Only `;` separates cookies: a comma in another one must not let it speak for ours.
 */
export const findHint = (name: string, header: string | null): string | undefined => {
  const pair = new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*"?([^;]*?)"?\\s*(?=;|$)`, "g");
  let found: string | undefined;
  for (const [, value] of (header ?? "").matchAll(pair)) {
    if (isLikely(value!)) return value;
    if (value) found = "";
  }
  return found;
};

/** The Set-Cookie header that keeps `hint`, or removes the cookie where it is empty. */
export const settingHint = (name: string, hint: string, maxAgeSeconds: number): string =>
  `${name}=${hint}${name === HOST ? "; Secure" : ""}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAgeSeconds}`;
