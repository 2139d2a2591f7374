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
 * @param current the value that counts, as far as this POP knows; empty where all values were
 *     erased, since a stricter policy did not let them rest here (rule R21)
 * @param beside one that may come to count: it waits for nobody, and the next one replaces it
 * @param expiresAtMillis local instant: the session cannot live longer
 */
public record Custody(
    SessionKey key,
    Country residency,
    Epoch epoch,
    Optional<Kept> current,
    Optional<Kept> beside,
    long expiresAtMillis) {

  /** With one value, which counts. */
  public Custody(
      SessionKey key, Country residency, Epoch epoch, Kept current, long expiresAtMillis) {
    this(key, residency, epoch, Optional.of(current), Optional.empty(), expiresAtMillis);
  }

  /** A value of the part. It never changes. */
  public record Kept(Stamp stamp, ImmutableSortedMap<String, Field> fields) {}

  /** The value with exactly this stamp. */
  public Optional<Kept> find(Stamp stamp) {
    return values().filter(each -> each.stamp().equals(stamp)).findFirst();
  }

  public Stream<Kept> values() {
    return Stream.concat(current.stream(), beside.stream());
  }

  public Optional<Stamp> highest() {
    return beside.or(() -> current).map(Kept::stamp);
  }

  public boolean isErased() {
    return current.isEmpty();
  }

  /** Without any value. That there was one is remembered for the owner, who points to it. */
  public Custody erased() {
    return new Custody(key, residency, epoch, Optional.empty(), Optional.empty(), expiresAtMillis);
  }

  /** With one more value, made from {@code base}, which counts: its owner has said so durably. */
  public Custody with(Kept base, Kept next) {
    Epoch later = next.stamp().epoch().isAfter(epoch) ? next.stamp().epoch() : epoch;
    return new Custody(
        key, residency, later, Optional.of(base), Optional.of(next), expiresAtMillis);
  }

  /** The owner's record points to this one now, if it is the one beside. */
  public Custody swungTo(Stamp stamp) {
    return beside
        .filter(each -> each.stamp().equals(stamp))
        .map(each -> new Custody(key, residency, epoch, each, expiresAtMillis))
        .orElse(this);
  }

  public long sizeBytes() {
    return 128 + values().mapToLong(each -> 64 + LeftBehind.bytesOf(each.fields())).sum();
  }
}
