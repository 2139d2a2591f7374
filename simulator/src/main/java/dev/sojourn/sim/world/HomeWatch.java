package dev.sojourn.sim.world;

import dev.sojourn.core.event.Event;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps rule R14 around a POP when a store is new, at both ends, as a node's shell does: a peer
 * with a store that is not known here has everything announced anew that was born there, and is
 * told when that is done; with a new store of its own the POP does not trust its directory until
 * every peer has said so.
 */
final class HomeWatch {
  private static final long CHECK_MILLIS_MIN = 200;
  private static final long CHECK_MILLIS_MAX = 30_000;
  private static final long POLL_MILLIS = 20;
  private static final long DIAL_MILLIS = 2_000;

  private final World world;
  private final Pop pop;
  private final Set<PopId> peers;
  private final Map<PopId, Integer> stores = new TreeMap<>();
  private final Set<PopId> settling = new TreeSet<>();

  HomeWatch(World world, Pop pop) {
    this.world = world;
    this.pop = pop;
    this.peers = new LinkedHashSet<>(world.settings().pops());
    this.peers.remove(pop.id());
  }

  /** At the start of a process, before any request. */
  void begin() {
    settling.clear();
    if (!memory().whole()) {
      pop.handle(new Event.DirectoryTrusted(false));
      dialMissing();
    }
  }

  /** A stream to a peer is up, and its Hello named its store. */
  void connected(PopId peer, int store) {
    stores.put(peer, store);
    settle(peer, store);
  }

  private void settle(PopId peer, int store) {
    if (memory().isSettled(peer, store)) {
      world.network().sendAnnouncesDone(pop.id(), peer, store);
    } else if (settling.add(peer)) {
      announceAnew(peer, store);
    }
  }

  /** A peer says that it owes nothing to that store. */
  void announcesDone(PopId peer, int store) {
    boolean isNews = store == memory().own() && !memory().heardFrom().contains(peer);
    if (isNews && pop.isUp()) {
      boolean wasWhole = memory().whole();
      world.note(pop.id() + " hears that " + peer + " owes its store nothing");
      pop.disk().remember(memory().heard(peer, peers));
      if (memory().whole() && !wasWhole) {
        pop.handle(new Event.DirectoryTrusted(true));
      }
    }
  }

  private HomeMemory memory() {
    return pop.disk().homes();
  }

  private void dialMissing() {
    if (memory().whole()) {
      return;
    }
    for (PopId peer : peers) {
      if (!memory().heardFrom().contains(peer)) {
        world.network().dial(pop.id(), peer);
      }
    }
    later(DIAL_MILLIS, this::dialMissing);
  }

  private void announceAnew(PopId peer, int store) {
    Map<KeyHash, Long> told = new LinkedHashMap<>();
    long life = pop.life();
    pop.disk()
        .readable()
        .forEach(
            (key, stored) -> {
              if (stored.record().home().equals(Optional.of(peer)) && pop.life() == life) {
                pop.handle(new Event.HomeForgot(key));
                if (stored.record().announced().isPresent()) {
                  told.put(key, stored.record().revision());
                }
              }
            });
    if (pop.life() == life) {
      awaitWritten(peer, store, told);
    }
  }

  /** An announce that the lost store acknowledged looks like one that the new store has. */
  private void awaitWritten(PopId peer, int store, Map<KeyHash, Long> told) {
    told.entrySet().removeIf(each -> !each.getValue().equals(revision(each.getKey())));
    if (told.isEmpty()) {
      check(peer, store, CHECK_MILLIS_MIN);
    } else {
      later(POLL_MILLIS, () -> awaitWritten(peer, store, told));
    }
  }

  private long revision(KeyHash key) {
    return pop.disk().isDamaged(key)
        ? 0
        : pop.disk().read(key).map(SessionRecord::revision).orElse(0L);
  }

  private void check(PopId peer, int store, long pauseMillis) {
    boolean owes =
        pop.disk().readable().values().stream()
            .map(Disk.Stored::record)
            .anyMatch(record -> record.home().equals(Optional.of(peer)) && owesAnnounce(record));
    if (owes) {
      long next = Math.min(CHECK_MILLIS_MAX, 2 * pauseMillis);
      later(pauseMillis, () -> check(peer, store, next));
    } else {
      settling.remove(peer);
      pop.disk().remember(memory().settledWith(peer, store));
      // Meanwhile it may have lost that store as well.
      settle(peer, stores.getOrDefault(peer, store));
    }
  }

  private static boolean owesAnnounce(SessionRecord record) {
    boolean owns =
        record.state() instanceof SessionState.Owned
            || record.state() instanceof SessionState.Tombstone;
    if (record.announced().isEmpty()) {
      return owns || record.state() instanceof SessionState.Granted;
    }
    Optional<Epoch> epoch = record.state().epochIfAny();
    return owns && epoch.filter(known -> known.isAfter(record.announced().get())).isPresent();
  }

  private void later(long millis, Runnable step) {
    long life = pop.life();
    world.after(
        millis,
        () -> {
          if (pop.life() == life) {
            step.run();
          }
        });
  }
}
