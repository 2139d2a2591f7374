package dev.sojourn.hint;

import dev.sojourn.value.Country;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionId;
import java.util.Optional;

/**
 * What a client's hint says once opened. It is the client's credential and its memory of where the
 * session was; it names POPs by id and never by address.
 *
 * @param generation grows at each rotate, at least 1; a hint of an older generation is refused
 * @param owner the POP that owned the session when the hint was issued
 * @param version the newest version that this client may have seen, at least 1
 * @param expiresAtMillis wall-clock instant, the only one on the wire; set by the owner that
 *     executed, checked only by the POP that the client called (rule R14b)
 * @param granter who still holds the payload, while the owner had not yet made it durable (rule R4)
 */
public record Hint(
    SessionId id,
    long generation,
    PopId owner,
    Epoch epoch,
    long version,
    Country residency,
    long expiresAtMillis,
    Optional<PopId> granter) {

  /**
   * @throws IllegalArgumentException if a number is out of its bounds
   */
  public Hint {
    if (generation < 1) {
      throw new IllegalArgumentException("a generation is at least 1, not " + generation);
    }
    if (version < 1) {
      throw new IllegalArgumentException("a version is at least 1, not " + version);
    }
    if (expiresAtMillis < 0) {
      throw new IllegalArgumentException("an expiry lies after 1970, not at " + expiresAtMillis);
    }
  }
}
