package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.effect.Commit;
import dev.sojourn.core.effect.Effect;
import dev.sojourn.core.effect.Effects;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What must not be said before it is durable: the effects of one shard that wait for a commit, in
 * the order in which they may go. Pure, and driven by one thread.
 *
 * <p>Effects wait for every <em>synced</em> commit up to their sequence number. A lazy commit holds
 * nobody up: nobody was promised that it survives.
 */
final class ReleaseQueue {
  private final ArrayDeque<Long> undurable = new ArrayDeque<>();
  private final TreeMap<Long, ImmutableList<ImmutableList<Effect>>> waiting = new TreeMap<>();
  private int size;

  /** Notes that {@code commit} is on its way to the store; in the order of sequence numbers. */
  void submitted(Commit commit) {
    if (commit.synced()) {
      undurable.addLast(commit.seq());
    }
  }

  /**
   * Whether what waits for {@code seq} may go at once. Then nothing that was added before waits for
   * the same number or a lower one.
   */
  boolean isDurable(long seq) {
    Long oldest = undurable.peekFirst();
    return oldest == null || oldest > seq;
  }

  /** Keeps what waits until {@link #durable} reaches it. */
  void add(Effects effects) {
    waiting.merge(
        effects.afterCommitSeq(),
        ImmutableList.of(effects.afterCommit()),
        (earlier, later) ->
            ImmutableList.<ImmutableList<Effect>>builderWithExpectedSize(earlier.size() + 1)
                .addAll(earlier)
                .addAll(later)
                .build());
    size++;
  }

  /**
   * Takes in that every synced commit up to {@code throughSeq} is durable, and hands out what that
   * sets free: lower numbers first, and in the order of adding where they are equal.
   */
  void durable(long throughSeq, Consumer<ImmutableList<Effect>> release) {
    Long oldest = undurable.peekFirst();
    while (oldest != null && oldest <= throughSeq) {
      undurable.removeFirst();
      oldest = undurable.peekFirst();
    }
    while (!waiting.isEmpty() && isDurable(waiting.firstKey())) {
      for (ImmutableList<Effect> effects : waiting.pollFirstEntry().getValue()) {
        size--;
        release.accept(effects);
      }
    }
  }

  /** How many lists of effects wait. */
  int size() {
    return size;
  }
}
