# Runs the worker in workerd on this machine:
#   GATEWAY=http://127.0.0.1:7403 TOKEN=... INSECURE=true npx workerd serve cloudflare.capnp
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    ( name = "cart",
      worker = (
        modules = [ ( name = "cloudflare.js", esModule = embed "build/cloudflare.js" ) ],
        compatibilityDate = "2026-11-01",
        bindings = [
          ( name = "GATEWAY", fromEnvironment = "GATEWAY" ),
          ( name = "TOKEN", fromEnvironment = "TOKEN" ),
          ( name = "INSECURE", fromEnvironment = "INSECURE" ),
        ],
      )
    ),
    # A gateway on this machine is not on the public network, which alone a worker may call else.
    ( name = "internet", network = ( allow = ["public", "private"] ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:8787", http = (), service = "cart" ) ],
);
