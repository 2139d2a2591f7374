package dev.sojourn.core.state;

import dev.sojourn.value.Epoch;

/**
 * A place in a session's history where a crash undid answered writes, or may have (rule R16): from
 * {@code epoch} on it went on from {@code version}. Whoever has seen a later version at an earlier
 * epoch has seen what is gone.
 *
 * @param epoch the first one after the crash
 * @param version the one that was found after it
 * @param expiresAtMillis local instant: no hint from before the crash lives longer
 */
public record Break(Epoch epoch, long version, long expiresAtMillis) {
  Break shifted(long byMillis) {
    return new Break(epoch, version, expiresAtMillis + byMillis);
  }

  /** Whether somebody who has seen this version at this epoch has seen what is gone. */
  boolean undid(Epoch seenEpoch, long seenVersion) {
    return epoch.isAfter(seenEpoch) && seenVersion > version;
  }
}
