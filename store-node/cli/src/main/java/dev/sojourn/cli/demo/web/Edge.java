package dev.sojourn.cli.demo.web;

import dev.sojourn.value.PopId;

/**
 * An edge function at a POP.
 *
 * @param port on loopback, where it answers users
 * @param gatewayPort on loopback, of its POP's node
 */
record Edge(PopId pop, int port, int gatewayPort) {
  String gateway() {
    return "http://127.0.0.1:" + gatewayPort;
  }
}
