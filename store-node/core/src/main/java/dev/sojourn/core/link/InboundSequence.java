package dev.sojourn.core.link;

/**
 * Which messages of one stream are to be taken: each number once, and none after the stream has
 * closed. A network's own duplicate of a request must not meet a request window that has moved on.
 *
 * <p>Numbers may come out of order by less than {@link #REORDER_MAX}; one that is further behind is
 * dropped as if it had been there, since a lost message does no harm and a repeated one might. Not
 * thread-safe.
 */
public final class InboundSequence {
  /** How far behind the newest number one may come and still be recognised as new. */
  public static final int REORDER_MAX = 1024;

  private static final int WORD_BITS = 64;

  /** Bit n of this ring: whether the number that is n modulo its size has come. */
  private final long[] seen = new long[REORDER_MAX / WORD_BITS];

  private long newest;
  private boolean closed;

  /** Whether to take the message with this number, from 1. */
  public boolean accept(long seq) {
    if (closed || seq < 1) {
      return false;
    }
    if (seq > newest) {
      forgetBetween(newest, seq);
      newest = seq;
    } else if (newest - seq >= REORDER_MAX || isSeen(seq)) {
      return false;
    }
    seen[word(seq)] |= 1L << seq;
    return true;
  }

  /** From now on nothing is taken. */
  public void close() {
    closed = true;
  }

  private boolean isSeen(long seq) {
    return (seen[word(seq)] & (1L << seq)) != 0;
  }

  private void forgetBetween(long from, long to) {
    // A jump over the whole ring clears each place once. Counted down from the end, because the end
    // may be the greatest number there is.
    for (long ahead = Math.min(to - from, REORDER_MAX) - 1; ahead >= 0; ahead--) {
      long seq = to - ahead;
      seen[word(seq)] &= ~(1L << seq);
    }
  }

  private static int word(long seq) {
    return (int) (seq % REORDER_MAX) / WORD_BITS;
  }
}
