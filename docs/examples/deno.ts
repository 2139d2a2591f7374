// Deno, on a machine of your own or on Deno Deploy.
import { sojourn } from "@sojourn/edge";
import { cart } from "./cart.js";

declare const Deno: {
  env: { get(name: string): string | undefined };
  serve(
    options: { port: number; hostname: string },
    handler: (request: Request) => Promise<Response>,
  ): unknown;
};

const sessions = sojourn({
  gateway: Deno.env.get("GATEWAY") ?? "http://127.0.0.1:7403",
  namespace: "shop",
  token: Deno.env.get("TOKEN"),
  insecure: Deno.env.get("INSECURE") === "true",
});

const port = Number(Deno.env.get("PORT") ?? 8787);
Deno.serve({ port, hostname: "127.0.0.1" }, (request) => cart(request, sessions));
