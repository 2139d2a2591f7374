package dev.sojourn.server.shell;

import com.google.common.collect.ImmutableSet;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.sojourn.core.event.Event;
import dev.sojourn.server.rpc.peer.PeerNetwork;
import dev.sojourn.value.Bytes;
import dev.sojourn.value.PopId;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps rule R14 when a store is new, at both ends.
 *
 * <p>A peer has a store that we have not settled with: everything that was born there and is owned
 * here is announced anew, and once all of that is acknowledged, the peer is told that nothing more
 * is owed. Only then is its store remembered, so that a crash in between starts over.
 *
 * <p>Our own store is new: the shards are told not to trust their directory until every peer in
 * service has said that nothing more is owed to this store. What each has said is kept in a file.
 *
 * <p>All of it happens on a thread of its own.
 */
final class HomeWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HomeWatch.class);
  private static final long CHECK_MILLIS_MIN = 200;
  private static final long CHECK_MILLIS_MAX = 30_000;
  private static final long DIAL_MILLIS = 2_000;

  private final PopId self;
  private final AtomicFile file;
  private final RecordScan scan;
  private final Shards shards;
  private final Supplier<PeerNetwork> network;
  private final Supplier<ImmutableSet<PopId>> peersInService;
  private final ScheduledExecutorService thread;
  private final Settling settling = new Settling();
  private HomeMemory memory;

  /**
   * @param network asked for only once this watch has begun
   * @param peersInService the other POPs that are not retired
   */
  HomeWatch(
      PopId self,
      AtomicFile file,
      Bytes ownStoreId,
      RecordScan scan,
      Shards shards,
      Supplier<PeerNetwork> network,
      Supplier<ImmutableSet<PopId>> peersInService)
      throws IOException {
    this.self = self;
    this.file = file;
    this.scan = scan;
    this.shards = shards;
    this.network = network;
    this.peersInService = peersInService;
    this.memory =
        file.read()
            .flatMap(json -> HomeMemory.fromJson(json, ownStoreId))
            .orElseGet(() -> HomeMemory.ofNewStore(ownStoreId));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat(self + "-homes").setDaemon(true).build());
  }

  /** Tells the shards whether to trust their directory. To be called before any request. */
  void begin() {
    memory = memory.completedBy(peersInService.get());
    shards.postToAll(new Event.DirectoryTrusted(memory.whole()));
    if (!memory.whole()) {
      LOG.atInfo()
          .addKeyValue("pop", self)
          .log("the store is new: its directory is not trusted until every peer was heard of");
    }
  }

  /** Begins to call the peers that have not been heard of, if that is needed. */
  void dial() {
    inTurn(this::dialMissing);
  }

  void connected(PopId pop, Bytes storeId) {
    inTurn(
        () -> {
          settling.seen(pop, storeId);
          settle(pop, storeId);
        });
  }

  void announcesDone(PopId pop, Bytes storeId) {
    inTurn(() -> heard(pop, storeId));
  }

  /** A POP may have been retired, and is not waited for any more. */
  void topologyChanged() {
    inTurn(() -> advance(memory.completedBy(peersInService.get())));
  }

  void close() {
    thread.shutdownNow();
  }

  private void dialMissing() {
    if (memory.whole()) {
      return;
    }
    for (PopId pop : peersInService.get()) {
      if (!memory.heardFrom().contains(pop)) {
        network.get().connect(pop);
      }
    }
    later(this::dialMissing, DIAL_MILLIS);
  }

  private void heard(PopId pop, Bytes storeId) {
    if (storeId.equals(memory.own()) && !memory.heardFrom().contains(pop)) {
      advance(memory.heard(pop, peersInService.get()));
    }
  }

  private void advance(HomeMemory next) {
    boolean becameWhole = next.whole() && !memory.whole();
    remember(next);
    if (becameWhole) {
      LOG.atInfo().addKeyValue("pop", self).log("every peer was heard of: the directory is whole");
      shards.postToAll(new Event.DirectoryTrusted(true));
    }
  }

  private void settle(PopId pop, Bytes storeId) {
    if (memory.isSettled(pop, storeId)) {
      network.get().sendAnnouncesDone(pop, storeId);
    } else if (settling.begin(pop)) {
      feed(pop, storeId);
    }
  }

  /** Has everything announced anew that was born at {@code pop}. */
  private void feed(PopId pop, Bytes storeId) {
    Reannouncement work = new Reannouncement(pop, scan, shards, thread::isShutdown);
    scan.run(key -> true, work::visit, () -> !thread.isShutdown())
        .whenCompleteAsync(
            (seen, failure) -> {
              if (failure != null) {
                settling.end(pop, storeId);
                return;
              }
              work.finish();
              LOG.atInfo()
                  .addKeyValue("pop", self)
                  .addKeyValue("peer", pop)
                  .addKeyValue("sessions", work.size())
                  .log("a peer has a new store: it is told where its sessions are");
              check(pop, storeId, CHECK_MILLIS_MIN);
            },
            this::inTurn);
  }

  /** Looks whether all of it is acknowledged, and again a little later if not. */
  private void check(PopId pop, Bytes storeId, long pauseMillis) {
    AtomicLong owed = new AtomicLong();
    scan.run(
            key -> true,
            (key, record) -> {
              if (record.home().equals(Optional.of(pop)) && Backlog.owesAnnounce(record, self)) {
                owed.incrementAndGet();
              }
            },
            () -> owed.get() == 0 && !thread.isShutdown())
        .whenCompleteAsync(
            (seen, failure) -> {
              if (failure == null && owed.get() == 0) {
                remember(memory.settledWith(pop, storeId));
                settle(pop, settling.end(pop, storeId));
              } else {
                long next = Math.min(CHECK_MILLIS_MAX, 2 * pauseMillis);
                later(() -> check(pop, storeId, next), pauseMillis);
              }
            },
            this::inTurn);
  }

  private void remember(HomeMemory next) {
    memory = next;
    try {
      file.write(next.toJson());
    } catch (IOException e) {
      // It is asked and told once more after a restart.
      LOG.atWarn()
          .addKeyValue("pop", self)
          .log("`{}` cannot be written: {}", file.path(), String.valueOf(e.getMessage()));
    }
  }

  private void inTurn(Runnable step) {
    try {
      thread.execute(step);
    } catch (RejectedExecutionException e) {
      LOG.debug("the node ends", e);
    }
  }

  private void later(Runnable step, long millis) {
    try {
      thread.schedule(step, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the node ends", e);
    }
  }
}
