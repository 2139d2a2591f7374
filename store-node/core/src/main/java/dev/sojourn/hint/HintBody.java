package dev.sojourn.hint;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The sealed part of a hint.
 *
 * <pre>
 * flags        1 byte: which POPs are left out, being equal to one already known
 * unique       16 bytes
 * generation, epoch number, version, expiry     varints
 * residency    2 bytes
 * owner, birth, issuer, granter                 varints, each left out where its flag says so
 * </pre>
 */
final class HintBody {
  /** The flags, and what there is, 4 × 9 bytes of numbers and 4 × 9 of POPs. */
  static final int LENGTH_MAX = 1 + SessionId.UNIQUE_LENGTH + 4 * 9 + 2 + 4 * 9;

  private static final int OWNER_IS_SEALER = 1;
  private static final int BIRTH_IS_OWNER = 1 << 1;
  private static final int ISSUER_IS_OWNER = 1 << 2;
  private static final int ISSUER_IS_BIRTH = 1 << 3;
  private static final int HAS_GRANTER = 1 << 4;
  private static final int GRANTER_IS_ISSUER = 1 << 5;
  private static final int KNOWN_FLAGS = (1 << 6) - 1;

  private HintBody() {}

  static void write(ByteBuffer out, Hint hint, PopId sealer) {
    int flags = flags(hint, sealer);
    out.put((byte) flags);
    out.put(hint.id().unique().unsafeArray());
    Varint.write(out, hint.generation());
    Varint.write(out, hint.epoch().number());
    Varint.write(out, hint.version());
    Varint.write(out, hint.expiresAtMillis());
    out.put(hint.residency().code().getBytes(StandardCharsets.US_ASCII));
    if ((flags & OWNER_IS_SEALER) == 0) {
      Varint.write(out, PopCode.of(hint.owner()));
    }
    if ((flags & BIRTH_IS_OWNER) == 0) {
      Varint.write(out, PopCode.of(hint.id().birth()));
    }
    if ((flags & (ISSUER_IS_OWNER | ISSUER_IS_BIRTH)) == 0) {
      Varint.write(out, PopCode.of(hint.epoch().issuer()));
    }
    if ((flags & (HAS_GRANTER | GRANTER_IS_ISSUER)) == HAS_GRANTER) {
      Varint.write(out, PopCode.of(hint.granter().orElseThrow()));
    }
  }

  private static int flags(Hint hint, PopId sealer) {
    PopId birth = hint.id().birth();
    PopId issuer = hint.epoch().issuer();
    int flags = 0;
    flags |= hint.owner().equals(sealer) ? OWNER_IS_SEALER : 0;
    flags |= birth.equals(hint.owner()) ? BIRTH_IS_OWNER : 0;
    flags |= issuer.equals(hint.owner()) ? ISSUER_IS_OWNER : 0;
    flags |= issuer.equals(birth) ? ISSUER_IS_BIRTH : 0;
    flags |= hint.granter().isPresent() ? HAS_GRANTER : 0;
    flags |= hint.granter().equals(Optional.of(issuer)) ? GRANTER_IS_ISSUER : 0;
    return flags;
  }

  /**
   * @throws IllegalArgumentException if it holds an unlawful value, an unknown flag or more than a
   *     hint
   * @throws java.nio.BufferUnderflowException if it is cut short
   */
  static Hint read(ByteBuffer in, PopId sealer) {
    int flags = in.get();
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new IllegalArgumentException("an unknown flag");
    }
    byte[] unique = new byte[SessionId.UNIQUE_LENGTH];
    in.get(unique);
    long generation = Varint.read(in);
    long epochNumber = Varint.read(in);
    long version = Varint.read(in);
    long expiresAtMillis = Varint.read(in);
    Country residency = new Country("" + (char) (in.get() & 0xff) + (char) (in.get() & 0xff));
    PopId owner = (flags & OWNER_IS_SEALER) != 0 ? sealer : readPop(in);
    PopId birth = (flags & BIRTH_IS_OWNER) != 0 ? owner : readPop(in);
    PopId issuer = readIssuer(in, flags, owner, birth);
    Optional<PopId> granter = readGranter(in, flags, issuer);
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("more than a hint");
    }
    SessionId id = new SessionId(birth, Bytes.wrap(unique));
    Epoch epoch = new Epoch(epochNumber, issuer);
    return new Hint(id, generation, owner, epoch, version, residency, expiresAtMillis, granter);
  }

  private static PopId readIssuer(ByteBuffer in, int flags, PopId owner, PopId birth) {
    if ((flags & ISSUER_IS_OWNER) != 0) {
      return owner;
    }
    return (flags & ISSUER_IS_BIRTH) != 0 ? birth : readPop(in);
  }

  private static Optional<PopId> readGranter(ByteBuffer in, int flags, PopId issuer) {
    if ((flags & HAS_GRANTER) == 0) {
      return Optional.empty();
    }
    return Optional.of((flags & GRANTER_IS_ISSUER) != 0 ? issuer : readPop(in));
  }

  private static PopId readPop(ByteBuffer in) {
    return PopCode.toPop(Varint.read(in));
  }
}
