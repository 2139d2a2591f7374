// Runs the shop's edge function in Deno, once for each POP.
import shop from "./shop.js";

const TOKEN = Deno.env.get("TOKEN");
for (const { port, gateway } of JSON.parse(Deno.env.get("EDGES"))) {
  Deno.serve({ port, hostname: "127.0.0.1" }, (request) => shop.fetch(request, { GATEWAY: gateway, TOKEN }));
}
