package dev.sojourn.hint;

import com.google.common.collect.ImmutableList;
import dev.sojourn.value.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that all POPs share. Immutable, and safe for use by any number of threads.
 *
 * @param hintKeys at least one; the first seals, all open, so that a new key put first takes over
 *     while the hints of the older ones stay good
 * @param recordNameKey 32 bytes from which session ids are hashed; it is separate, because it can
 *     never be rotated without renaming every record
 */
public record KeyRing(ImmutableList<HintKey> hintKeys, Bytes recordNameKey) {
  /**
   * @throws IllegalArgumentException if there is no hint key, two share an id, or the record-name
   *     key has not 32 bytes
   */
  public KeyRing {
    if (hintKeys.isEmpty()) {
      throw new IllegalArgumentException("a key ring needs at least one hint key");
    }
    Set<Integer> ids = new HashSet<>();
    for (HintKey key : hintKeys) {
      if (!ids.add(key.id())) {
        throw new IllegalArgumentException("two hint keys have the id " + key.id());
      }
    }
    if (recordNameKey.length() != HintKey.LENGTH) {
      throw new IllegalArgumentException(
          "the record-name key has 32 bytes, not " + recordNameKey.length());
    }
  }

  public static KeyRing of(List<HintKey> hintKeys, Bytes recordNameKey) {
    return new KeyRing(ImmutableList.copyOf(hintKeys), recordNameKey);
  }

  /** The key that new hints are sealed under. */
  public HintKey sealing() {
    return hintKeys.get(0);
  }

  public Optional<HintKey> find(int id) {
    // Rings hold a handful of keys: a walk is shorter than a hash.
    for (HintKey key : hintKeys) {
      if (key.id() == id) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
