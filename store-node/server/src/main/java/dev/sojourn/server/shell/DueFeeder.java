package dev.sojourn.server.shell;

import dev.sojourn.core.event.Event;
import dev.sojourn.server.storage.SessionStore;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreCallback;
import dev.sojourn.value.KeyHash;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells the shards which records are due: what lay due at the start first, then whatever comes due,
 * each second. It holds back while the shards or the store have enough to do, so that a million
 * sessions that end in one minute do not stand in the way of the living ones.
 */
final class DueFeeder {
  private static final int BATCH = 1_000;
  private static final int BUSY_ABOVE = 2 * BATCH;
  private static final long TICK_MILLIS = 1_000;
  private static final long NEXT_BATCH_MILLIS = 10;

  private final EventLoop loop;
  private final SessionStore store;
  private final Shards shards;
  private final NodeClock clock;
  private volatile boolean stopped;

  /**
   * @param loop where it keeps its time
   */
  DueFeeder(EventLoop loop, SessionStore store, Shards shards, NodeClock clock) {
    this.loop = loop;
    this.store = store;
    this.shards = shards;
    this.clock = clock;
  }

  void start() {
    loop.execute(this::look);
  }

  void stop() {
    stopped = true;
  }

  private void look() {
    if (stopped) {
      return;
    }
    shards
        .snapshot()
        .whenComplete(
            (snapshot, failure) -> {
              boolean isBusy =
                  failure != null || snapshot.eventsQueued() + store.queueDepth() > BUSY_ABOVE;
              if (isBusy) {
                lookAgainAfter(TICK_MILLIS);
              } else {
                store.due(clock.nowMillis(), BATCH, new Feed());
              }
            });
  }

  private void lookAgainAfter(long millis) {
    if (!stopped && !loop.isShuttingDown()) {
      loop.schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }
  }

  private final class Feed implements StoreCallback<List<KeyHash>> {
    @Override
    public void completed(List<KeyHash> due) {
      for (KeyHash key : due) {
        shards.of(key).post(new Event.RecordDue(key));
      }
      lookAgainAfter(due.size() < BATCH ? TICK_MILLIS : NEXT_BATCH_MILLIS);
    }

    @Override
    public void failed(StorageException cause) {
      // A store that has failed for good has told the node; one that could not just now may again.
      lookAgainAfter(TICK_MILLIS);
    }
  }
}
