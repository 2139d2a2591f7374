package dev.sojourn.sim.check;

import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.state.DirectoryEntry;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.hint.Hint;
import dev.sojourn.sim.check.Observation.Answered;
import dev.sojourn.sim.check.Observation.Replaced;
import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.sim.check.Observation.Undone;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Invariant 2: epoch and version only grow, at every POP and in every hint that a client receives.
 * What a POP has collected it remembers no longer; so whatever comes after must be newer still.
 */
public final class EpochVersionOnlyGrows implements Invariant {
  /** A clock that gains does so by less than this while a directory entry lives. */
  private static final long DRIFT_MILLIS_MAX = 5_000;

  private final LocalClocks clocks = new LocalClocks();
  private final Map<Place, Seen> seen = new LinkedHashMap<>();
  private final Gone gone = new Gone();
  private final Losses losses = new Losses();

  private record Place(PopId pop, KeyHash key) {}

  private record Seen(
      Optional<Epoch> epoch, boolean collected, long version, Optional<DirectoryEntry> directory) {
    static final Seen NOTHING = new Seen(Optional.empty(), false, 0, Optional.empty());

    /** After the disk was replaced by one with that record, the epoch and version still count. */
    Seen replacedBy(SessionRecord record) {
      boolean forgotten = epoch.isPresent() && record.state().epochIfAny().isEmpty();
      return new Seen(epoch, forgotten, version, record.directory());
    }
  }

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    clocks.started(atMillis, pop, localMillis);
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Replaced replaced) {
      seen.computeIfPresent(
          new Place(replaced.pop(), replaced.key()),
          (place, before) -> before.replacedBy(replaced.record().orElse(SessionRecord.NONE)));
    } else if (observation instanceof Stored stored && !losses.mayHaveTurnedBack(stored.key())) {
      Place place = new Place(stored.pop(), stored.key());
      Seen before = seen.getOrDefault(place, Seen.NOTHING);
      seen.put(place, after(stored, before, stored.record().orElse(SessionRecord.NONE)));
    } else if (observation instanceof Undone undone) {
      gone.observe(undone);
    } else if (observation instanceof Answered answered) {
      verifyHint(answered);
    }
  }

  private Seen after(Stored place, Seen before, SessionRecord record) {
    Optional<Epoch> epoch = record.state().epochIfAny();
    if (epoch.isPresent() && before.epoch().isPresent()) {
      int order = epoch.get().compareTo(before.epoch().get());
      if (order < 0 || (order == 0 && before.collected())) {
        throw new InvariantViolated(
            this, "`" + place.pop() + "` went from " + before.epoch().get() + " to " + epoch.get());
      }
    }
    long version = record.state().payload().map(data -> data.version()).orElse(before.version());
    if (version < before.version()) {
      throw new InvariantViolated(
          this, "`" + place.pop() + "` went from version " + before.version() + " to " + version);
    }
    verifyDirectory(place, before.directory(), record.directory());
    boolean collected = epoch.isEmpty() && (before.epoch().isPresent() || before.collected());
    return new Seen(epoch.or(before::epoch), collected, version, record.directory());
  }

  private void verifyDirectory(
      Stored place, Optional<DirectoryEntry> before, Optional<DirectoryEntry> after) {
    if (before.isEmpty() || after.isEmpty() || isForgotten(place, before.get())) {
      return;
    }
    boolean back = before.get().epoch().isAfter(after.get().epoch());
    if (back || (before.get().ended() && !after.get().ended())) {
      throw new InvariantViolated(
          this,
          "the directory of `" + place.pop() + "` went from " + before.get() + " to " + after);
    }
  }

  /** In the same write as another one took its place: two that waited for one load. */
  private boolean isForgotten(Stored place, DirectoryEntry entry) {
    long localMillis = place.atMillis() + clocks.aheadMillis(place.pop());
    return entry.expiresAtMillis() <= localMillis + DRIFT_MILLIS_MAX;
  }

  private void verifyHint(Answered answered) {
    if (!(answered.reply().outcome() instanceof Outcome.Success success)
        || success.hint().isEmpty()
        || answered.request().hint().isEmpty()) {
      return;
    }
    Hint sent = answered.request().hint().get();
    Hint received = success.hint().get();
    int order = received.epoch().compareTo(sent.epoch());
    // A disk that went back looks like one that a crash has cut short; its POP says so as well.
    boolean wentBack =
        losses.mayHaveTurnedBack(answered.key()) && success.flags().versionsMissing() > 0;
    boolean undone = order > 0 && (wentBack || gone.missing(answered.key(), sent) > 0);
    boolean older = order < 0 || (received.version() < sent.version() && !undone);
    if (older || received.generation() < sent.generation()) {
      throw new InvariantViolated(
          this, "a client sent " + sent + " and was given the older " + received);
    }
  }
}
