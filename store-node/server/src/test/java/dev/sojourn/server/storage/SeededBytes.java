package dev.sojourn.server.storage;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;

/** Random bytes from a seed. */
public final class SeededBytes implements RandomSource {
  private final long seed;
  private final RandomRecords random;

  public SeededBytes(long seed) {
    this.seed = seed;
    this.random = new RandomRecords(seed);
  }

  @Override
  public Bytes nextBytes(int length) {
    return random.bytes(length);
  }

  @Override
  public RandomSource fork() {
    return new SeededBytes(seed + 1);
  }
}
