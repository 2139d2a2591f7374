package dev.sojourn.core.state;

import com.google.common.hash.Hashing;
import dev.sojourn.value.SessionKey;
import java.nio.charset.StandardCharsets;

/**
 * What an owner keeps of the name of a field that was left behind: 64 bits of a hash, of this
 * session alone. It recognises the name when a request brings it, and lists none.
 */
public final class FieldMark {
  private FieldMark() {}

  public static long of(SessionKey session, String name) {
    return Hashing.sha256()
        .newHasher()
        .putBytes(session.id().unique().unsafeArray())
        .putString(name, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }
}
