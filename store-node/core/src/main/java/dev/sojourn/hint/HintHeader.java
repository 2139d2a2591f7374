package dev.sojourn.hint;

import java.nio.ByteBuffer;

/**
 * The part of a hint that is in the clear, and authenticated: which key opens it.
 *
 * <pre>
 * layout version   1 byte
 * key id           varint, 1 to 5 bytes
 * sealing POP      varint, 1 to 9 bytes (see {@link PopCode})
 * salt             8 bytes, of the sub-key
 * nonce            12 bytes
 * </pre>
 *
 * It may name the sealing POP, because whoever was given a hint there knows where he was; what is
 * nobody else's business, where the session was and whose rules it falls under, is sealed.
 */
record HintHeader(SubKey subKey, byte[] nonce) {
  static final byte LAYOUT_VERSION = 1;
  static final int NONCE_LENGTH = 12;

  void write(ByteBuffer out) {
    out.put(LAYOUT_VERSION);
    Varint.write(out, subKey.keyId());
    Varint.write(out, subKey.popCode());
    out.putLong(subKey.salt());
    out.put(nonce);
  }

  /**
   * Reads what follows the layout version.
   *
   * @throws IllegalArgumentException if it is not in the one form that {@link #write} gives it
   * @throws java.nio.BufferUnderflowException if it is cut short
   */
  static HintHeader readAfterVersion(ByteBuffer in) {
    long keyId = Varint.read(in);
    if (keyId < 1 || keyId > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a key id out of bounds");
    }
    SubKey subKey = new SubKey((int) keyId, Varint.read(in), in.getLong());
    byte[] nonce = new byte[NONCE_LENGTH];
    in.get(nonce);
    return new HintHeader(subKey, nonce);
  }
}
