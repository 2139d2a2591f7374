package dev.sojourn.server.shell;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Step;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.value.KeyHash;

/** Who is told what happens in the shards. Called on their loops; must be thread-safe and quick. */
public interface ShardObserver {
  void counted(Step step);

  void alarm(AlarmKind kind, KeyHash key);

  /**
   * A message of another POP was not taken, because its shard has too much to do; its stream is
   * closed for that.
   */
  void messageDropped();

  /** A record cannot be read; requests for that session are answered {@code INTERNAL}. */
  void unreadable(KeyHash key, StorageException cause);

  /**
   * The shard has stopped: its store failed, or the core did. Nothing that was not durable has been
   * said, and nothing more will be. The node must end.
   */
  void failed(Throwable cause);
}
