package dev.sojourn.server.storage;

import java.io.IOException;

/**
 * Tells when the disk falls below its reserve (R8), and when it has risen clearly above it again:
 * by a quarter of the reserve, so that a store at the brink does not flap. A disk that cannot be
 * asked keeps its last answer; the next write will say what is wrong with it.
 *
 * <p>Thread-safe.
 */
public final class SpaceWatch {
  private final FreeSpace space;
  private final long reserveBytes;
  private final StoreListener listener;
  private boolean writable = true;
  private volatile long lastSeenBytes;

  public SpaceWatch(FreeSpace space, long reserveBytes, StoreListener listener) {
    this.space = space;
    this.reserveBytes = reserveBytes;
    this.listener = listener;
  }

  /** Looks, and tells the listener if something changed. */
  public synchronized void check() {
    long freeBytes;
    try {
      freeBytes = space.freeBytes();
    } catch (IOException e) {
      return;
    }
    lastSeenBytes = freeBytes;
    boolean enough = freeBytes >= (writable ? reserveBytes : reserveBytes + reserveBytes / 4);
    if (enough != writable) {
      writable = enough;
      // Told under the lock, so that two threads cannot tell the two changes in the wrong order.
      listener.spaceChanged(enough);
    }
  }

  public long lastSeenBytes() {
    return lastSeenBytes;
  }
}
