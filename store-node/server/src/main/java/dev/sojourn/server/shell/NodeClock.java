package dev.sojourn.server.shell;

/**
 * Wall-clock milliseconds that never go back within one life of the process: the wall clock is read
 * once, at the start, and the monotonic clock counts from there. A clock that is set while the node
 * runs is noticed at its next start. Thread-safe.
 */
public final class NodeClock {
  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  public long nowMillis() {
    return startMillis + (System.nanoTime() - startNanos) / 1_000_000;
  }
}
