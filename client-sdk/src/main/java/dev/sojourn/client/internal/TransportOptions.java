package dev.sojourn.client.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to reach the POP.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param channels connections, each with an event loop of its own
 * @param inFlightMax calls that may wait for an answer at once, over all channels
 * @param tls whether to use TLS
 * @param trusted PEM file of the certificates to trust; empty: the system's
 */
public record TransportOptions(
    String host, int port, int channels, int inFlightMax, boolean tls, Optional<Path> trusted) {

  public String target() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
