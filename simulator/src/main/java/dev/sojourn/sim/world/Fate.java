package dev.sojourn.sim.world;

/**
 * What becomes of one message.
 *
 * @param millis how much later, where that is part of the fate
 */
public record Fate(Kind kind, long millis) {
  public static final Fate DELIVERED = new Fate(Kind.DELIVERED, 0);
  public static final Fate LOST = new Fate(Kind.LOST, 0);
  public static final Fate LOST_WITH_STREAM = new Fate(Kind.LOST_WITH_STREAM, 0);
  public static final Fate SWAPPED = new Fate(Kind.SWAPPED, 0);
  public static final Fate HELD = new Fate(Kind.HELD, 0);

  /** What can become of a message. */
  public enum Kind {
    DELIVERED,
    /** It vanishes alone. */
    LOST,
    /** The stream breaks with it: it and all behind it on that stream are gone. */
    LOST_WITH_STREAM,
    /** It arrives, and once more later. */
    REPEATED,
    /** It arrives later than what was sent after it. */
    LATE,
    /** It arrives right after the next message of the same direction. */
    SWAPPED,
    /** It waits until it is released. */
    HELD
  }

  public static Fate repeatedAfter(long millis) {
    return new Fate(Kind.REPEATED, millis);
  }

  public static Fate lateBy(long millis) {
    return new Fate(Kind.LATE, millis);
  }
}
