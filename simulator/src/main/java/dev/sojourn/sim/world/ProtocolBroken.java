package dev.sojourn.sim.world;

/** The core asked its shell for something that no shell may do. */
public final class ProtocolBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProtocolBroken(String message) {
    super(message);
  }
}
