package dev.sojourn.core.request;

import dev.sojourn.value.Bytes;
import dev.sojourn.value.Country;

/**
 * What a request without a hint says of the session that its first write creates.
 *
 * @param store of the birth POP, which the new session's id is made of: no other store makes it, so
 *     that what a lost one had made is never made again (rule R9c)
 * @param idleMillis 0 for the namespace's default
 * @param absoluteMillis 0 for the namespace's default
 * @param label free text of the application, at most 64 characters; may be empty
 */
public record Creation(
    Bytes store, Country residency, long idleMillis, long absoluteMillis, String label) {
  public Creation withStore(Bytes other) {
    return new Creation(other, residency, idleMillis, absoluteMillis, label);
  }
}
