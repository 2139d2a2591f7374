/// <reference types="@fastly/js-compute" />
// Fastly Compute. The gateway is a backend, which every fetch must name; see fastly.toml.
import { country, sojourn } from "@sojourn/edge";
import { ConfigStore } from "fastly:config-store";
import { SecretStore } from "fastly:secret-store";
import { cart } from "./cart.js";

addEventListener("fetch", (event) => event.respondWith(answer(event)));

async function answer(event: FetchEvent): Promise<Response> {
  const token = await new SecretStore("sojourn").get("token");
  const sessions = sojourn({
    gateway: new ConfigStore("sojourn").get("gateway") ?? "",
    namespace: "shop",
    token: token?.plaintext(),
    init: { backend: "sojourn" },
  });
  return cart(event.request, sessions, country.fastly(event));
}
