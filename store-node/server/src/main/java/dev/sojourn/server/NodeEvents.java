package dev.sojourn.server;

import dev.sojourn.core.effect.AlarmKind;
import dev.sojourn.core.effect.Step;
import dev.sojourn.server.ops.NodeMetrics;
import dev.sojourn.server.shell.ShardObserver;
import dev.sojourn.server.storage.StorageException;
import dev.sojourn.server.storage.StoreListener;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what happens in the shards and in the store to metrics, to the log, and to the node. */
final class NodeEvents implements ShardObserver, StoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final PopId pop;
  private final NodeMetrics metrics;
  private final LongAdder swept = new LongAdder();
  private final LongAdder shadowNarrower = new LongAdder();
  private final LongAdder shadowWider = new LongAdder();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private boolean writable = true;
  private SpaceListener spaceListener = writable -> {};

  /** Who is told whether the store takes writes. */
  interface SpaceListener {
    void spaceChanged(boolean writable);
  }

  NodeEvents(PopId pop, NodeMetrics metrics) {
    this.pop = pop;
    this.metrics = metrics;
  }

  /** How many payloads were dropped since they could no longer rest here. */
  long swept() {
    return swept.sum();
  }

  /** How often a policy in shadow would have allowed less. */
  long shadowNarrower() {
    return shadowNarrower.sum();
  }

  /** How often a policy in shadow would have allowed more. */
  long shadowWider() {
    return shadowWider.sum();
  }

  /** Done when the node must end, with why. */
  CompletableFuture<Throwable> failure() {
    return failure;
  }

  /** Tells {@code listener} how it stands now, if that is bad, and each change from now on. */
  synchronized void onSpaceChange(SpaceListener listener) {
    spaceListener = listener;
    if (!writable) {
      listener.spaceChanged(false);
    }
  }

  @Override
  public synchronized void spaceChanged(boolean isWritable) {
    writable = isWritable;
    if (isWritable) {
      LOG.atInfo().addKeyValue("pop", pop).log("the disk has room again: writes are taken");
    } else {
      LOG.atError()
          .addKeyValue("pop", pop)
          .log("the disk is below its reserve: writes are refused until there is room");
    }
    spaceListener.spaceChanged(isWritable);
  }

  @Override
  public void counted(Step step) {
    switch (step) {
      case SWEPT -> swept.increment();
      case SHADOW_NARROWER -> shadowNarrower.increment();
      case SHADOW_WIDER -> shadowWider.increment();
      default -> {
        // Counted as a metric alone.
      }
    }
    metrics.counted(step);
  }

  @Override
  public void alarm(AlarmKind kind, KeyHash key) {
    metrics.alarm(kind);
    LOG.atError()
        .addKeyValue("pop", pop)
        .addKeyValue("alarm", kind)
        .addKeyValue("session", key)
        .log("something happened that must not happen");
  }

  @Override
  public void messageDropped() {
    metrics.messageDropped();
  }

  @Override
  public void unreadable(KeyHash key, StorageException cause) {
    metrics.unreadable();
    LOG.atError()
        .addKeyValue("pop", pop)
        .addKeyValue("session", key)
        .log("a record cannot be read, and its session is refused: {}", cause.getMessage());
  }

  @Override
  public void batchWritten(Batch batch) {
    metrics.batchWritten(batch);
  }

  @Override
  public void recordLoaded(boolean found, long tookNanos) {
    metrics.recordLoaded(found, tookNanos);
  }

  @Override
  public void failed(StorageException cause) {
    fail(cause);
  }

  @Override
  public void failed(Throwable cause) {
    if (!(cause instanceof StorageException.Closed)) {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    if (failure.complete(cause)) {
      if (cause instanceof StorageException) {
        LOG.atError()
            .addKeyValue("pop", pop)
            .log("the store failed, and the node stops: {}", cause.getMessage());
      } else {
        LOG.atError().addKeyValue("pop", pop).setCause(cause).log("a fault: the node stops");
      }
    }
  }
}
