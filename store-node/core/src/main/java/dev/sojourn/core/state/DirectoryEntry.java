package dev.sojourn.core.state;

import dev.sojourn.value.Epoch;
import dev.sojourn.value.PopId;
import java.util.Optional;

/**
 * What a session's birth POP knows of its whereabouts (rule R14).
 *
 * @param granter who still held the payload when this was announced, if anyone
 * @param ended the session has ended, and no announce brings it back
 * @param expiresAtMillis local instant: absolute lifetime of the session plus that of its hints
 */
public record DirectoryEntry(
    Epoch epoch, PopId pop, Optional<PopId> granter, boolean ended, long expiresAtMillis) {

  /** The higher epoch wins; ended stays; the later expiry stays. */
  public DirectoryEntry merge(DirectoryEntry other) {
    DirectoryEntry newer = other.epoch.isAfter(epoch) ? other : this;
    return new DirectoryEntry(
        newer.epoch,
        newer.pop,
        newer.granter,
        ended || other.ended,
        Math.max(expiresAtMillis, other.expiresAtMillis));
  }
}
