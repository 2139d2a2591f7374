// A cart that follows its user. The same file runs on every platform; what differs stands beside it.
import type { Session, Sojourn } from "@sojourn/edge";

const FRUIT = ["apples", "pears", "figs"];

/** Answers one request: a page with the cart, and what its buttons ask for. */
export async function cart(request: Request, sojourn: Sojourn, country?: string): Promise<Response> {
  const session = sojourn.open(request, { country });
  const { pathname } = new URL(request.url);
  if (pathname !== "/") return new Response("There is only /", { status: 404 });
  if (request.method !== "POST") {
    const body = await page(session);
    return session.commit(new Response(body, { headers: HEADERS }));
  }
  change(session, new URLSearchParams(await request.text()));
  return session.commit(new Response(null, { status: 303, headers: { location: "/" } }));
}

function change(session: Session, form: URLSearchParams): void {
  const fruit = form.get("add") ?? "";
  if (FRUIT.includes(fruit)) session.increment(fruit);
  const name = form.get("login");
  // At login the credential is replaced, so that nobody can have planted it before.
  if (name) session.put("name", name, { dataClass: "identity" }).rotate();
  if (form.has("logout")) session.destroy();
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
};

async function page(session: Session): Promise<string> {
  const name = (await session.getText("name")) ?? "";
  const rows: string[] = [];
  for (const fruit of FRUIT) {
    const count = (await session.getNumber(fruit)) ?? 0;
    rows.push(`<li><button name="add" value="${fruit}">+</button> <b>${count}</b> ${fruit}</li>`);
  }
  const { outcome } = session;
  const story = outcome
    ? `${outcome.how} at ${outcome.servingPop}, owned by ${outcome.ownerPop}, ${outcome.roundTrips} round trips`
    : `nothing is stored yet (${session.startedBecause})`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A cart that follows you</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
  ul { list-style: none; padding: 0 } button, input { font: inherit; padding: .1rem .8rem }
  footer { color: #666; border-top: 1px solid #ddd; margin-top: 2rem; padding-top: .5rem }
</style>
<h1>${name ? `${escape(name)}'s cart` : "Your cart"}</h1>
<form method="post"><ul>${rows.join("")}</ul></form>
${
  name
    ? `<form method="post"><button name="logout">Log out</button></form>`
    : `<form method="post"><input name="login" placeholder="Name"> <button>Log in</button></form>`
}
<footer>${story}</footer>
</html>
`;
}

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
