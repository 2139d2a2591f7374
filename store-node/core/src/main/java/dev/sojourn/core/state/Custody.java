package dev.sojourn.core.state;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.SessionKey;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of a split session that this POP keeps for its owner (rule R23), beside whatever state
 * the session has here.
 *
 * @param epoch the highest of an owner that is known here
 * @param current the value that counts, as far as this POP knows
 * @param beside one that may come to count: it waits for nobody, and the next one replaces it
 * @param expiresAtMillis local instant: the session cannot live longer
 */
public record Custody(
    SessionKey key,
    Country residency,
    Epoch epoch,
    Kept current,
    Optional<Kept> beside,
    long expiresAtMillis) {

  /** A value of the part. It never changes. */
  public record Kept(Stamp stamp, ImmutableSortedMap<String, Field> fields) {}

  /** The value with exactly this stamp. */
  public Optional<Kept> find(Stamp stamp) {
    return values().filter(each -> each.stamp().equals(stamp)).findFirst();
  }

  public Stream<Kept> values() {
    return Stream.concat(Stream.of(current), beside.stream());
  }

  public Stamp highest() {
    return beside.map(Kept::stamp).orElse(current.stamp());
  }

  /** With one more value, made from {@code base}, which counts: its owner has said so durably. */
  public Custody with(Kept base, Kept next) {
    Epoch later = next.stamp().epoch().isAfter(epoch) ? next.stamp().epoch() : epoch;
    return new Custody(key, residency, later, base, Optional.of(next), expiresAtMillis);
  }

  /** The owner's record points to this one now, if it is the one beside. */
  public Custody swungTo(Stamp stamp) {
    return beside
        .filter(each -> each.stamp().equals(stamp))
        .map(each -> new Custody(key, residency, epoch, each, Optional.empty(), expiresAtMillis))
        .orElse(this);
  }

  public long sizeBytes() {
    return 128 + values().mapToLong(each -> 64 + LeftBehind.bytesOf(each.fields())).sum();
  }
}
