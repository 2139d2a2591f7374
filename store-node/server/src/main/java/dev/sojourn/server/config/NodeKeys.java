package dev.sojourn.server.config;

import com.google.common.collect.ImmutableList;
import dev.sojourn.hint.HintKey;
import dev.sojourn.hint.KeyRing;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.time.LocalDate;

/**
 * What {@code keys.yaml} holds: the secrets that all POPs share. Immutable; its text shows none.
 *
 * @param hintKeys the first seals, all open; none twice
 * @param recordNameKey 32 bytes; never changes, since record names are made of it
 * @param peerSecret 32 bytes, with which POPs prove to each other who they are
 */
public record NodeKeys(ImmutableList<DatedKey> hintKeys, Bytes recordNameKey, Bytes peerSecret) {

  /**
   * @param created when the key was made, so that a person can tell which are old enough to go
   */
  public record DatedKey(HintKey key, LocalDate created) {}

  public NodeKeys {
    if (peerSecret.length() != HintKey.LENGTH) {
      throw new IllegalArgumentException(
          "the peer secret has 32 bytes, not " + peerSecret.length());
    }
    var unused = ring(hintKeys, recordNameKey);
  }

  /** Keys that never were before. */
  public static NodeKeys fresh(RandomSource random, LocalDate today) {
    return new NodeKeys(
        ImmutableList.of(freshKey(1, random, today)),
        random.nextBytes(HintKey.LENGTH),
        random.nextBytes(HintKey.LENGTH));
  }

  public KeyRing ring() {
    return ring(hintKeys, recordNameKey);
  }

  /**
   * With a new key that opens hints and does not seal yet: the first half of a rotation. Once every
   * POP has it, {@link #promoted()} is the second, and at no moment is there a hint that some POP
   * cannot open.
   */
  public NodeKeys staged(RandomSource random, LocalDate today) {
    int id = newest().key().id() + 1;
    return withHintKeys(
        ImmutableList.<DatedKey>builder()
            .addAll(hintKeys)
            .add(freshKey(id, random, today))
            .build());
  }

  /** With the newest key first, where it seals. */
  public NodeKeys promoted() {
    DatedKey newest = newest();
    ImmutableList.Builder<DatedKey> order = ImmutableList.<DatedKey>builder().add(newest);
    hintKeys.stream().filter(key -> !key.equals(newest)).forEach(order::add);
    return withHintKeys(order.build());
  }

  /**
   * With a new first key, and all older ones behind it: both halves of a rotation at once, for when
   * all nodes take the new file together.
   */
  public NodeKeys rotated(RandomSource random, LocalDate today) {
    return staged(random, today).promoted();
  }

  private DatedKey newest() {
    DatedKey newest = hintKeys.get(0);
    for (DatedKey key : hintKeys) {
      newest = key.key().id() > newest.key().id() ? key : newest;
    }
    return newest;
  }

  private NodeKeys withHintKeys(ImmutableList<DatedKey> keys) {
    return new NodeKeys(keys, recordNameKey, peerSecret);
  }

  private static DatedKey freshKey(int id, RandomSource random, LocalDate today) {
    return new DatedKey(new HintKey(id, random.nextBytes(HintKey.LENGTH)), today);
  }

  private static KeyRing ring(ImmutableList<DatedKey> keys, Bytes recordNameKey) {
    return KeyRing.of(keys.stream().map(DatedKey::key).toList(), recordNameKey);
  }
}
