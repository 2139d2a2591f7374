package dev.sojourn.cli;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.security.SecureRandom;

/** Randomness for keys, from the operating system. */
public final class SecureRandomSource implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  @Override
  public Bytes nextBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public RandomSource fork() {
    return new SecureRandomSource();
  }
}
