package dev.sojourn.server.shell;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Random bytes of the platform's generator, drawn a page at a time, because every draw takes a lock
 * that all threads share. Bytes handed out are wiped from the page, so that a later look at the
 * memory does not show them. Not thread-safe; {@link #fork} gives each user a source of its own.
 */
public final class SecureRandomSource implements RandomSource {
  private static final int PAGE_BYTES = 4096;

  private final SecureRandom generator = new SecureRandom();
  private final byte[] page = new byte[PAGE_BYTES];
  private int used = PAGE_BYTES;

  @Override
  public Bytes nextBytes(int length) {
    byte[] drawn = new byte[length];
    if (length > PAGE_BYTES) {
      generator.nextBytes(drawn);
      return Bytes.wrap(drawn);
    }
    if (length > PAGE_BYTES - used) {
      generator.nextBytes(page);
      used = 0;
    }
    System.arraycopy(page, used, drawn, 0, length);
    Arrays.fill(page, used, used + length, (byte) 0);
    used += length;
    return Bytes.wrap(drawn);
  }

  @Override
  public RandomSource fork() {
    return new SecureRandomSource();
  }
}
