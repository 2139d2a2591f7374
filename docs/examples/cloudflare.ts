// Cloudflare Workers. Settings come as bindings: see cloudflare.capnp, or `vars` and secrets of wrangler.
import { country, sojourn } from "@sojourn/edge";
import { cart } from "./cart.js";

interface Env {
  GATEWAY: string;
  TOKEN: string;
  INSECURE?: string;
}

export default {
  fetch(request: Request & { cf?: unknown }, env: Env): Promise<Response> {
    const sessions = sojourn({
      gateway: env.GATEWAY,
      namespace: "shop",
      token: env.TOKEN,
      insecure: env.INSECURE === "true",
    });
    return cart(request, sessions, country.cloudflare(request));
  },
};
