package dev.sojourn.value;

/**
 * Which ownership of a session this is: it grows by one at each change of owner and fences every
 * older owner. Ordered by number, then by the POP that issued it, so that no two POPs can ever
 * issue equal epochs.
 *
 * @param number 1 for a new session; greater than 0
 * @param issuer the POP whose durable decision made this epoch: the birth POP, a granter, or a POP
 *     that handed the session back
 */
public record Epoch(long number, PopId issuer) implements Comparable<Epoch> {
  public Epoch {
    if (number < 1) {
      throw new IllegalArgumentException("an epoch is at least 1, not " + number);
    }
  }

  /** The epoch after this one, issued by {@code pop}. */
  public Epoch next(PopId pop) {
    return new Epoch(Math.addExact(number, 1), pop);
  }

  public boolean isAfter(Epoch other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Epoch other) {
    int byNumber = Long.compare(number, other.number);
    return byNumber != 0 ? byNumber : issuer.compareTo(other.issuer);
  }

  @Override
  public String toString() {
    return number + "@" + issuer;
  }
}
