/**
 * Two capitals of ISO 3166-1, or nothing: for codes that say "unknown" (`XX`, `ZZ`), "anonymous"
 * (`T1` for Tor, `A1` for proxies), "somewhere there" (`EU`, `AP`), and whatever is not assigned.
 */
export const countryCode = (code: unknown): string | undefined =>
  /^(?!AA|AP|EU|Q[M-Z]|X[A-Z]|ZZ)[A-Z]{2}$/.exec(`${code}`.toUpperCase())?.[0];

interface WithHeaders {
  readonly headers: { get(name: string): string | null };
}

const ofHeader = (name: string) => (request: WithHeaders) => countryCode(request.headers.get(name));

/**
 * The user's country as each platform tells it. Take the one of the platform that the code runs on:
 * elsewhere nobody keeps a client from sending the same header.
 */
export const country = {
  /** Of a Worker's request. */
  cloudflare: (request: { cf?: unknown }) =>
    countryCode((request.cf as { country?: unknown } | undefined)?.country),
  /** Of a request behind CloudFront, for Lambda@Edge. */
  cloudfront: ofHeader("cloudfront-viewer-country"),
  /** Of Fastly Compute's `event`. */
  fastly: (event: { client: { geo?: { country_code?: unknown } | null } }) =>
    countryCode(event.client.geo?.country_code),
  /** Of Netlify's `context`. */
  netlify: (context: { geo?: { country?: { code?: unknown } } }) =>
    countryCode(context.geo?.country?.code),
  /** Of a request on Vercel. */
  vercel: ofHeader("x-vercel-ip-country"),
  /** Of an EdgeWorker's request. */
  akamai: (request: { userLocation?: { country?: unknown } }) =>
    countryCode(request.userLocation?.country),
};
