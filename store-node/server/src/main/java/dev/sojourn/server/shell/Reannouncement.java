package dev.sojourn.server.shell;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Tells the shards, record by record, that the birth POP {@code home} forgot its sessions. It waits
 * for each batch until the shards have durably taken that in: an announce that was acknowledged by
 * the lost store looks on disk like one that the new store has acknowledged.
 */
final class Reannouncement {
  private static final int BATCH = 1_000;
  private static final long POLL_NANOS = 20_000_000;

  private final PopId home;
  private final RecordScan scan;
  private final Shards shards;
  private final BooleanSupplier stopped;
  private final List<Told> batch = new ArrayList<>();
  private long size;

  /** A record that is to be written anew. */
  private record Told(KeyHash key, long revision) {}

  Reannouncement(PopId home, RecordScan scan, Shards shards, BooleanSupplier stopped) {
    this.home = home;
    this.scan = scan;
    this.shards = shards;
    this.stopped = stopped;
  }

  /** Takes in one record of the scan; may wait. */
  void visit(KeyHash key, SessionRecord record) {
    if (!record.home().equals(Optional.of(home))) {
      return;
    }
    size++;
    shards.of(key).post(new Event.HomeForgot(key));
    if (record.announced().isPresent()) {
      batch.add(new Told(key, record.revision()));
    }
    if (batch.size() >= BATCH) {
      finish();
    }
  }

  /** Waits until all that was told is durable. */
  void finish() {
    while (!batch.isEmpty() && !stopped.getAsBoolean()) {
      batch.removeIf(told -> revision(told.key()) != told.revision());
      if (!batch.isEmpty()) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  /** How many records were told of. */
  long size() {
    return size;
  }

  private long revision(KeyHash key) {
    return scan.load(key).map(SessionRecord::revision).orElse(0L);
  }
}
