// Lambda@Edge, as an origin-request function that includes the body: CloudFront gives events, not requests.
import { country, sojourn } from "@sojourn/edge";
import { cart } from "./cart.js";

type Headers = Record<string, { key?: string; value: string }[]>;

export interface CloudFrontEvent {
  Records: {
    cf: {
      request: {
        method: string;
        uri: string;
        querystring: string;
        headers: Headers;
        body?: { data: string; encoding: "base64" | "text" };
      };
    };
  }[];
}

export interface CloudFrontResponse {
  status: string;
  headers: Headers;
  body: string;
}

// Lambda@Edge has no environment variables: give these to esbuild as --define:process.env.GATEWAY=...
const sessions = sojourn({
  gateway: process.env.GATEWAY ?? "http://127.0.0.1:7403",
  namespace: "shop",
  token: process.env.TOKEN,
  insecure: process.env.INSECURE === "true",
});

export async function handler(event: CloudFrontEvent): Promise<CloudFrontResponse> {
  const request = toRequest(event.Records[0]!.cf.request);
  return toEvent(await cart(request, sessions, country.cloudfront(request)));
}

function toRequest(from: CloudFrontEvent["Records"][0]["cf"]["request"]): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(from.headers)) {
    // Several Cookie headers are one list of cookies.
    headers.set(name, values.map(({ value }) => value).join(name === "cookie" ? "; " : ", "));
  }
  const secure = process.env.INSECURE === "true" ? "http" : "https";
  const query = from.querystring && `?${from.querystring}`;
  const { data = "", encoding } = from.body ?? {};
  return new Request(`${secure}://${headers.get("host")}${from.uri}${query}`, {
    method: from.method,
    headers,
    body: data ? Buffer.from(data, encoding === "base64" ? "base64" : "utf8") : null,
  });
}

async function toEvent(response: Response): Promise<CloudFrontResponse> {
  const headers: Headers = {};
  response.headers.forEach((value, name) => {
    (headers[name] ??= []).push({ key: name, value });
  });
  return { status: String(response.status), headers, body: await response.text() };
}
