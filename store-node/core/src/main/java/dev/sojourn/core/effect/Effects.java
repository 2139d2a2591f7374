package dev.sojourn.core.effect;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What one event asks of the shell. What must be durable before what is said stands in this type
 * and not in the shell's care (after the {@code Ready} of etcd's raft).
 *
 * @param now to be done at once: nothing in it reflects a write that a crash could still undo
 * @param commit to be handed to the store, behind all earlier commits of this shard
 * @param afterCommit to be done, in order, only when every synced commit up to {@code
 *     afterCommitSeq} is durable. It may be non-empty without a commit of its own: a read that
 *     shows a value not yet durable waits here
 */
public record Effects(
    ImmutableList<Effect> now,
    Optional<Commit> commit,
    ImmutableList<Effect> afterCommit,
    long afterCommitSeq) {
  public static final Effects NONE =
      new Effects(ImmutableList.of(), Optional.empty(), ImmutableList.of(), 0);
}
