// Compiled, and never run: what the types allow, and what they do not.
import {
  country,
  type ErrorCode,
  type Fetch,
  type Field,
  type Session,
  SojournError,
  sojourn,
} from "../src/index.js";

const client = sojourn({ gateway: "https://a.example", namespace: "shop" });
sojourn({ gateway: ["https://a.example"], namespace: "shop", fetch: fetch satisfies Fetch });
// @ts-expect-error: an application has a name
sojourn({ gateway: "https://a.example" });
// @ts-expect-error: no such option
sojourn({ gateway: "https://a.example", namespace: "shop", timeoutMs: 1 });

export const types = async (request: Request, session: Session): Promise<void> => {
  client.open(request, { country: country.cloudflare(request as Request & { cf?: unknown }) });
  client.open({ headers: new Map<string, string>([["cookie", "a=b"]]) as never });
  // @ts-expect-error: a country is a text or unknown
  client.open(request, { country: 49 });

  const text: string | undefined = await session.getText("cart");
  const all: Map<string, Field> = await session.fields();
  // @ts-expect-error: a field may be absent
  const sure: string = await session.getText("cart");
  // @ts-expect-error: a text or bytes
  session.put("cart", { apples: 2 });
  session.put("a", "b").increment("c", 2n).append("d", new Uint8Array()).remove("e").rotate();
  // @ts-expect-error: only the POPs make hints
  session.hint = "x";

  const missing: number | undefined = session.outcome?.versionsMissing;
  // @ts-expect-error: there is no outcome before the first request
  const certain: number = session.outcome.versionsMissing;

  const response: Response = await session.commit(new Response());
  const nothing: void = await session.commit();
  void [text, all, sure, missing, certain, response, nothing];
};

export const codes = (error: unknown): boolean => {
  if (!(error instanceof SojournError)) return false;
  const code: ErrorCode = error.code;
  // @ts-expect-error: no such code
  return code === "HINT_EXPIRD" || error.retryable;
};
