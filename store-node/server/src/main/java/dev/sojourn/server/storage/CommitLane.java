package dev.sojourn.server.storage;

import dev.sojourn.core.effect.Commit;

/** The commits of one shard, applied in the order in which they are submitted. */
public interface CommitLane {
  /**
   * Hands over a commit. What becomes of it, the lane's {@link CommitListener} hears, also when the
   * store has failed or is closed. To be called by one thread at a time.
   *
   * @throws IllegalArgumentException if its sequence number is not above that of the commit before:
   *     a fault of the caller, and nothing was taken over
   */
  void submit(Commit commit);
}
