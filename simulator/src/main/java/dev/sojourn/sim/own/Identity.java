package dev.sojourn.sim.own;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.RequestId;
import dev.sojourn.value.SessionId;
import dev.sojourn.value.SessionKey;
import java.nio.ByteBuffer;

/**
 * Names as a node's shell makes them, but without keys: nobody in a simulation could misuse a hash
 * that can be read.
 */
final class Identity {
  private Identity() {}

  static KeyHash key(long unique, int line) {
    return new KeyHash(bytes(unique, line));
  }

  static int line(KeyHash key) {
    byte[] bytes = key.value().unsafeArray();
    return ((bytes[12] & 0xff) << 24)
        | ((bytes[13] & 0xff) << 16)
        | ((bytes[14] & 0xff) << 8)
        | (bytes[15] & 0xff);
  }

  static SessionKey session(Namespace namespace, PopId birth, KeyHash key) {
    return new SessionKey(namespace, new SessionId(birth, key.value()));
  }

  /** Of a request of that line: the same for the same session in any run of one seed. */
  static RequestId request(KeyHash key, int call) {
    return new RequestId(bytes(ByteBuffer.wrap(key.value().unsafeArray()).getLong(), call));
  }

  private static Bytes bytes(long high, long low) {
    byte[] bytes = new byte[16];
    ByteBuffer.wrap(bytes).putLong(high).putLong(low);
    return Bytes.wrap(bytes);
  }
}
