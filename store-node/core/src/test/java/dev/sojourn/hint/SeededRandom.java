package dev.sojourn.hint;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.util.SplittableRandom;

/** Bytes that repeat with their seed. */
final class SeededRandom implements RandomSource {
  private final SplittableRandom random;

  SeededRandom(long seed) {
    this(new SplittableRandom(seed));
  }

  private SeededRandom(SplittableRandom random) {
    this.random = random;
  }

  @Override
  public Bytes nextBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public RandomSource fork() {
    return new SeededRandom(random.split());
  }
}
