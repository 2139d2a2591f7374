package dev.sojourn.sim.own;

import dev.sojourn.sim.chance.Draws;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.RandomSource;
import java.nio.ByteBuffer;

/** The randomness that a core is given: nonces that repeat with the seed. */
final class DrawnBytes implements RandomSource {
  private final Draws draws;

  DrawnBytes(Draws draws) {
    this.draws = draws;
  }

  @Override
  public Bytes nextBytes(int length) {
    ByteBuffer bytes = ByteBuffer.allocate((length + 7) / 8 * 8);
    while (bytes.hasRemaining()) {
      bytes.putLong(draws.next());
    }
    byte[] all = bytes.array();
    return Bytes.wrap(all.length == length ? all : java.util.Arrays.copyOf(all, length));
  }

  @Override
  public RandomSource fork() {
    return new DrawnBytes(new Draws(draws.next(), 0));
  }
}
