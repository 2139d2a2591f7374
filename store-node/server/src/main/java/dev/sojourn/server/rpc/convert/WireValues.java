package dev.sojourn.server.rpc.convert;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Optional;

/** The small values that every message is made of. An empty text stands for an absent POP. */
final class WireValues {
  private WireValues() {}

  static ByteString toProto(Bytes value) {
    // Neither side ever writes to the array, so both may share it.
    return UnsafeByteOperations.unsafeWrap(value.unsafeArray());
  }

  static Bytes bytes(ByteString value) {
    return Bytes.wrap(value.toByteArray());
  }

  /** The bytes, which must be {@code length}. */
  static Bytes bytes(ByteString value, int length, String what) throws WireException.Malformed {
    if (value.size() != length) {
      throw new WireException.Malformed(
          what + " must have " + length + " bytes, not " + value.size());
    }
    return bytes(value);
  }

  static String toProto(Optional<PopId> pop) {
    return pop.map(PopId::name).orElse("");
  }

  static PopId pop(String name, String what) throws WireException.Malformed {
    if (!PopId.isLawful(name)) {
      throw new WireException.Malformed(what + " must name a POP");
    }
    return new PopId(name);
  }

  static Optional<PopId> popIfAny(String name, String what) throws WireException.Malformed {
    return name.isEmpty() ? Optional.empty() : Optional.of(pop(name, what));
  }

  static ImmutableList<PopId> pops(List<String> names, String what) throws WireException.Malformed {
    ImmutableList.Builder<PopId> pops = ImmutableList.builderWithExpectedSize(names.size());
    for (String name : names) {
      pops.add(pop(name, what));
    }
    return pops.build();
  }

  static Iterable<String> toProto(ImmutableList<PopId> pops) {
    return pops.stream().map(PopId::name).toList();
  }

  static Country country(String code, String what) throws WireException.Malformed {
    if (code.length() != 2 || !isCapital(code.charAt(0)) || !isCapital(code.charAt(1))) {
      throw new WireException.Malformed(
          what + " must be a country: two capital letters of ISO 3166-1");
    }
    return new Country(code);
  }

  private static boolean isCapital(char letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  /** An unsigned 64-bit number of the wire, which must fit a long. */
  static long count(long value, String what) throws WireException.Malformed {
    if (value < 0) {
      throw new WireException.Malformed(what + " must be below 2^63");
    }
    return value;
  }

  static long positive(long value, String what) throws WireException.Malformed {
    if (value < 1) {
      throw new WireException.Malformed(what + " must be at least 1 and below 2^63");
    }
    return value;
  }

  /** An unsigned 32-bit number of the wire that counts versions: from 1, and within an int. */
  static int ordinal(int value, String what) throws WireException.Malformed {
    if (value < 1) {
      throw new WireException.Malformed(what + " must be at least 1 and below 2^31");
    }
    return value;
  }

  static void require(boolean present, String what) throws WireException.Malformed {
    if (!present) {
      throw new WireException.Malformed(what + " is missing");
    }
  }
}
