package dev.sojourn.core.link;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Proofs that both ends of a stream know the topology's shared secret. The wire's definition
 * (peer.proto, {@code Hello}) says byte for byte what goes into one, and against what each part
 * helps.
 */
public final class LinkProof {
  /** Shorter secrets can be guessed from a proof that was overheard. */
  public static final int SECRET_LENGTH_MIN = 16;

  private static final String PURPOSE = "sojourn.v1 peer link";

  private LinkProof() {}

  /** Whose proof it is, so that nobody's own proof can be sent back to him. */
  public enum Side {
    DIALER('D'),
    ACCEPTOR('A');

    private final char letter;

    Side(char letter) {
      this.letter = letter;
    }
  }

  /** Returns 32 bytes. */
  public static Bytes compute(Bytes secret, Side side, LinkHello dialer, LinkHello acceptor) {
    Hasher hasher = Hashing.hmacSha256(secret.unsafeArray()).newHasher();
    hasher.putBytes(PURPOSE.getBytes(StandardCharsets.US_ASCII));
    hasher.putByte((byte) 0).putByte((byte) side.letter);
    put(hasher, dialer);
    put(hasher, acceptor);
    return Bytes.wrap(hasher.hash().asBytes());
  }

  /** Whether {@code proof} is the right one, in a time that does not tell how nearly. */
  public static boolean isRight(
      Bytes proof, Bytes secret, Side side, LinkHello dialer, LinkHello acceptor) {
    return MessageDigest.isEqual(
        proof.unsafeArray(), compute(secret, side, dialer, acceptor).unsafeArray());
  }

  private static void put(Hasher hasher, LinkHello hello) {
    put(hasher, hello.pop());
    put(hasher, hello.to());
    hasher.putBytes(hello.nonce().unsafeArray());
    hasher.putBytes(hello.storeId().unsafeArray());
    // Guava's hashers write numbers little end first; the wire wants the big end first.
    hasher.putLong(Long.reverseBytes(hello.dial()));
    hasher.putLong(Long.reverseBytes(hello.incarnation()));
    hasher.putLong(Long.reverseBytes(hello.position()));
    hasher.putLong(Long.reverseBytes(hello.policyVersion()));
    hasher.putInt(Integer.reverseBytes(hello.wireVersionMin()));
    hasher.putInt(Integer.reverseBytes(hello.wireVersionMax()));
    hasher.putInt(Integer.reverseBytes(hello.recordFormat()));
  }

  private static void put(Hasher hasher, PopId pop) {
    byte[] name = pop.name().getBytes(StandardCharsets.US_ASCII);
    hasher.putByte((byte) name.length).putBytes(name);
  }
}
