package dev.sojourn.core.state;

import dev.sojourn.value.Epoch;
import java.util.Comparator;

/**
 * Which value of a part that was left behind (rule R23). An owner gives each new value a higher one
 * than it ever gave: the epoch tells owners apart, the life what a crash has made one forget.
 *
 * @param epoch of the owner that made the value
 * @param life of that owner's store: its incarnation
 * @param count within that life, from 1
 */
public record Stamp(Epoch epoch, long life, long count) implements Comparable<Stamp> {
  private static final Comparator<Stamp> ORDER =
      Comparator.comparing(Stamp::epoch)
          .thenComparingLong(Stamp::life)
          .thenComparingLong(Stamp::count);

  public boolean isAfter(Stamp other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }
}
