package dev.sojourn.sim.world;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Randomness that repeats with its seed, and hands each part of the world a stream of its own. */
public final class SeededRandom implements RandomSource {
  private final SplittableRandom random;

  public SeededRandom(long seed) {
    this(new SplittableRandom(seed));
  }

  private SeededRandom(SplittableRandom random) {
    this.random = random;
  }

  /**
   * The stream of the part called {@code name}: it depends on the seed and the name alone, so that
   * a part more or less changes nothing for the others.
   */
  public static SeededRandom named(long seed, String name) {
    long mixed = seed;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      mixed = (mixed ^ each) * 0x100000001b3L;
    }
    return new SeededRandom(mixed);
  }

  @Override
  public Bytes nextBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public SeededRandom fork() {
    return new SeededRandom(random.split());
  }

  /** From 0 up to, and not including, {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
