package dev.sojourn.value;

/**
 * Where random bytes come from: a secure generator in the node, a seeded one in the simulator. Not
 * safe for use by several threads; {@link #fork()} gives each user a stream of its own.
 */
public interface RandomSource {
  /** Returns {@code length} fresh random bytes. */
  Bytes nextBytes(int length);

  /**
   * An independent stream, so that drawing more in one part does not change what another part sees
   * (after Cassandra Accord's {@code RandomSource.fork}).
   */
  RandomSource fork();
}
