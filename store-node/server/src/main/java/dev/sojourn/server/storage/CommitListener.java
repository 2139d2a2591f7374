package dev.sojourn.server.storage;

/** Hears what became of a lane's commits. Called by the store's thread; must return at once. */
public interface CommitListener {
  /**
   * Every synced commit of the lane up to this sequence number is durable, with every lazy one
   * before it; a lazy commit named here is applied and may still be lost by a crash. Called once
   * for a whole batch, with numbers that only grow.
   */
  void committed(long throughSeq);

  /**
   * The commits after the last one named by {@link #committed} are not known to be durable, and no
   * later one will be. Called at most once: the store has failed for good, or is closed.
   */
  void failed(StorageException cause);
}
