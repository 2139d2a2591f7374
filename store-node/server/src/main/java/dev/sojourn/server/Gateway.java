package dev.sojourn.server;

/** A second port for applications, which speaks HTTP to those that cannot speak gRPC. */
public interface Gateway extends AutoCloseable {
  /** The port bound. */
  int port();

  /**
   * Takes no new connection, answers what was accepted, and ends. The session service behind it
   * refuses new requests by then.
   */
  @Override
  void close();
}
