package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableList;
import dev.sojourn.core.event.Event;
import dev.sojourn.value.KeyHash;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** All shards of a node, one on each of its loops. Thread-safe. */
public final class Shards {
  private final ShardLoops loops;
  private final ImmutableList<Shard> shards;

  Shards(ShardLoops loops, IntFunction<Shard> make) {
    this.loops = loops;
    ImmutableList.Builder<Shard> all = ImmutableList.builder();
    for (int i = 0; i < loops.size(); i++) {
      all.add(make.apply(i));
    }
    this.shards = all.build();
  }

  public int size() {
    return shards.size();
  }

  public Shard get(int index) {
    return shards.get(index);
  }

  /** Which shard a session belongs to: its name is a keyed hash, so any byte of it is even. */
  public int indexOf(KeyHash key) {
    int first = (key.value().at(0) & 0xff) << 8 | (key.value().at(1) & 0xff);
    return first % shards.size();
  }

  public Shard of(KeyHash key) {
    return shards.get(indexOf(key));
  }

  /** The index of the shard whose loop is the calling thread, or -1. */
  public int current() {
    return loops.current();
  }

  /** Tells every shard. */
  public void postToAll(Event event) {
    shards.forEach(shard -> shard.post(event));
  }

  /** How all shards together stand, as soon as each has had time to say so. */
  public CompletableFuture<ShardSnapshot> snapshot() {
    CompletableFuture<ShardSnapshot> sum = CompletableFuture.completedFuture(ShardSnapshot.NONE);
    for (Shard shard : shards) {
      sum = sum.thenCombine(shard.snapshot(), ShardSnapshot::plus);
    }
    return sum;
  }

  /** Stops every shard: whoever waits is told to retry. */
  void stop() {
    for (Shard shard : shards) {
      shard.stop();
    }
  }
}
