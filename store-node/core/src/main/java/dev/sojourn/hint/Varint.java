package dev.sojourn.hint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Numbers from 0 to 2^63-1 in 1 to 9 bytes of seven bits each, the lowest first. */
final class Varint {
  private static final int BYTES_MAX = 9;

  private Varint() {}

  static void write(ByteBuffer out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a varint is not negative: " + value);
    }
    long rest = value;
    while (rest > 0x7f) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /**
   * @throws IllegalArgumentException if the number is not in its shortest form or has more than 63
   *     bits
   * @throws BufferUnderflowException if it is cut short
   */
  static long read(ByteBuffer in) {
    long value = 0;
    for (int i = 0; i < BYTES_MAX; i++) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        if (next == 0 && i > 0) {
          throw new IllegalArgumentException("a varint that is longer than it need be");
        }
        return value;
      }
    }
    throw new IllegalArgumentException("a varint of more than 63 bits");
  }
}
