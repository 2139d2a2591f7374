// The edge function of `sojourn demo --web`: the cart as JSON, and how each call to the gateway came to its answer.
import { countryCode, type Fetch, type Session, SojournError, sojourn } from "@sojourn/edge";

const FRUIT = ["apples", "pears", "figs"];

interface Env {
  GATEWAY: string;
  TOKEN: string;
}

/** What a button of the page asks for. */
interface Order {
  readonly add?: string;
  readonly login?: string;
  readonly logout?: boolean;
}

/** A call to the gateway, as the page tells it. */
interface Told {
  readonly kind: "read" | "write";
  readonly millis: number;
  readonly outcome?: unknown;
  readonly error?: unknown;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const calls: Told[] = [];
    const sessions = sojourn({
      gateway: env.GATEWAY,
      namespace: "demo",
      token: env.TOKEN,
      insecure: true,
      fetch: watched(calls),
    });
    // A platform tells the country in its own way; the page that plays one, in this header.
    const session = sessions.open(request, { country: countryCode(request.headers.get("x-country")) });
    const order = await orderOf(request);
    if (!order) return new Response("no JSON", { status: 400 });
    const cart: Record<string, number> = {};
    try {
      const refused = await obey(session, order);
      for (const fruit of FRUIT) cart[fruit] = (await session.getNumber(fruit)) ?? 0;
      const name = await session.getText("name");
      const { startedBecause } = session;
      return await session.commit(Response.json({ cart, name, startedBecause, refused, calls }));
    } catch (error) {
      // The POP, or the session's owner, is away for now.
      return Response.json({ cart, refused: told(error), calls });
    }
  },
};

async function orderOf(request: Request): Promise<Order | undefined> {
  try {
    return { ...((await request.json()) as Order) };
  } catch {
    return undefined;
  }
}

/** Changes the session in one round trip; gives back what the node says if it will not. */
async function obey(session: Session, { add, login, logout }: Order): Promise<unknown> {
  if (add && FRUIT.includes(add)) session.increment(add);
  // At login the credential is replaced, so that nobody can have planted it before.
  if (typeof login === "string" && login) session.put("name", login.slice(0, 40), { dataClass: "identity" }).rotate();
  if (logout) session.destroy();
  try {
    await session.commit();
    return undefined;
  } catch (error) {
    if (error instanceof SojournError && error.retryable) throw error;
    return told(error);
  }
}

function told(error: unknown): unknown {
  if (!(error instanceof SojournError)) throw error;
  return { code: error.code, text: error.message, remedy: error.remedy };
}

/** The platform's fetch, which also notes what the gateway said. Nothing of a session's content. */
const watched =
  (calls: Told[]): Fetch =>
  async (url, init) => {
    const start = performance.now();
    const response = await fetch(url, init);
    const answer = (await response.json()) as { outcome?: unknown; details?: { debug?: unknown }[] };
    const reads = (JSON.parse(init.body).operations as { get?: unknown }[]).every(({ get }) => get);
    calls.push({
      kind: reads ? "read" : "write",
      millis: performance.now() - start,
      outcome: answer.outcome,
      error: answer.details?.[1]?.debug,
    });
    return { ok: response.ok, status: response.status, json: async () => answer };
  };
