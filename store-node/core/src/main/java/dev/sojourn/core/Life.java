package dev.sojourn.core;

import dev.sojourn.core.link.LinkHello;
import dev.sojourn.value.Bytes;

/**
 * Which life of its store a process is, and since when no crash can have undone anything.
 *
 * @param store names the store; another one means that the disk was lost
 * @param incarnation 1 for the first, one more at each start
 * @param intactSince the life that began after the latest stop that was not in good order: what an
 *     earlier one wrote and did not sync may be gone
 */
public record Life(Bytes store, long incarnation, long intactSince) {
  /** Of a store that never saw a crash. */
  public static final Life FIRST = new Life(Bytes.wrap(new byte[LinkHello.STORE_ID_LENGTH]), 1, 1);

  public Life {
    if (intactSince < 1 || incarnation < intactSince) {
      throw new IllegalArgumentException(
          "a store is intact since one of its lives, not since " + intactSince);
    }
  }
}
