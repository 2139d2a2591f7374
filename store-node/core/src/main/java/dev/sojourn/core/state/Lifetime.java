package dev.sojourn.core.state;

/**
 * How long a session lives. At rest the instants are this POP's own clock; on the wire they are
 * relative to the moment of sending ({@link #shifted}), so that no two clocks are ever compared.
 *
 * @param idleMillis lives this long after its last use
 * @param absoluteMillis lives this long after its creation at most
 * @param idleEndsAtMillis when it ends unless used again
 * @param absoluteEndsAtMillis when it ends in any case
 */
public record Lifetime(
    long idleMillis, long absoluteMillis, long idleEndsAtMillis, long absoluteEndsAtMillis) {

  public static Lifetime startingAt(long nowMillis, long idleMillis, long absoluteMillis) {
    return new Lifetime(
        idleMillis,
        absoluteMillis,
        Math.min(nowMillis + idleMillis, nowMillis + absoluteMillis),
        nowMillis + absoluteMillis);
  }

  public Lifetime touchedAt(long nowMillis) {
    return new Lifetime(
        idleMillis,
        absoluteMillis,
        Math.max(idleEndsAtMillis, Math.min(nowMillis + idleMillis, absoluteEndsAtMillis)),
        absoluteEndsAtMillis);
  }

  public Lifetime shifted(long byMillis) {
    return new Lifetime(
        idleMillis, absoluteMillis, idleEndsAtMillis + byMillis, absoluteEndsAtMillis + byMillis);
  }

  public boolean isOver(long nowMillis) {
    return nowMillis >= endsAtMillis();
  }

  /**
   * When it is over. A use moves the idle end only when that gains a tenth of the idle lifetime, so
   * that reads do not become writes; the tenth is added here, so that nobody loses by it.
   */
  public long endsAtMillis() {
    return Math.min(idleEndsAtMillis + touchSlackMillis(), absoluteEndsAtMillis);
  }

  /** Whether a use now is worth a write. */
  public boolean gainsByTouchAt(long nowMillis) {
    return touchedAt(nowMillis).idleEndsAtMillis - idleEndsAtMillis > touchSlackMillis();
  }

  private long touchSlackMillis() {
    return idleMillis / 10;
  }

  /** The instant of the last use that this lifetime knows of. */
  public long lastUsedAtMillis() {
    return idleEndsAtMillis - idleMillis;
  }
}
