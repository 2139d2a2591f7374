package dev.sojourn.client.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the POP.
 *
 * @param endpoints at least one; those behind the first are for when it does not answer
 * @param channels connections, each with an event loop of its own
 * @param inFlightMax calls that may wait for an answer at once, over all channels
 * @param tls whether to use TLS
 * @param trusted PEM file of the certificates to trust; empty: the system's
 */
public record TransportOptions(
    List<Endpoint> endpoints, int channels, int inFlightMax, boolean tls, Optional<Path> trusted) {
  public TransportOptions {
    endpoints = List.copyOf(endpoints);
  }
}
