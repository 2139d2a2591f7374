package dev.sojourn.sim.check;

import com.google.common.collect.ImmutableSortedMap;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState;
import dev.sojourn.core.state.SessionState.Granted;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.core.state.SessionState.Tombstone;
import dev.sojourn.core.state.Stamp;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.Epoch;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the owner of a split session points to lies durably with its custodian, as long as it points
 * there, or until a stricter policy has it erased; no value of a part ever changes; and at rest
 * nobody keeps a part of a session that has ended, or whose owner points elsewhere.
 *
 * <p>It also knows what a split session is as a whole, for the invariants that speak of that.
 */
public final class PartsAreKept implements Invariant {
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();
  private final LocalClocks clocks = new LocalClocks();
  private final Map<KeyHash, Map<Stamp, ImmutableSortedMap<String, Field>>> values =
      new LinkedHashMap<>();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      disks.replace(onDisk);
      onDisk
          .record()
          .flatMap(SessionRecord::custody)
          .ifPresent(custody -> custody.values().forEach(kept -> learn(onDisk.key(), kept)));
      if (!losses.mayHaveTurnedBack(onDisk.key())) {
        verify(onDisk);
      }
    }
  }

  private void learn(KeyHash key, Custody.Kept kept) {
    var known =
        values
            .computeIfAbsent(key, each -> new LinkedHashMap<>())
            .putIfAbsent(kept.stamp(), kept.fields());
    if (known != null && !known.equals(kept.fields()) && !losses.mayHaveTurnedBack(key)) {
      throw new InvariantViolated(this, "the value " + kept.stamp() + " has changed");
    }
  }

  private void verify(OnDisk latest) {
    Map<PopId, SessionRecord> records = disks.records(latest.key());
    Optional<LeftBehind> pointer = pointer(records);
    if (pointer.isPresent() && !isHeld(records, pointer.get()) && !isOver(records, latest)) {
      throw new InvariantViolated(
          this,
          "the owner points to "
              + pointer.get().stamp()
              + " at `"
              + pointer.get().custodian()
              + "`, which does not have it");
    }
  }

  /** Of the owner, or of who granted to one that has nothing durable yet. */
  private static Optional<LeftBehind> pointer(Map<PopId, SessionRecord> records) {
    return newest(records)
        .filter(state -> state instanceof Owned || state instanceof Granted)
        .flatMap(SessionState::payload)
        .flatMap(SessionData::leftBehind);
  }

  private static Optional<SessionState> newest(Map<PopId, SessionRecord> records) {
    return records.values().stream()
        .map(SessionRecord::state)
        .filter(state -> state.epochIfAny().isPresent())
        .max(
            Comparator.<SessionState, Epoch>comparing(state -> state.epochIfAny().orElseThrow())
                .thenComparing(PartsAreKept::weight));
  }

  /** At one epoch the end is the last word, and the owner's counts more than its granter's. */
  private static int weight(SessionState state) {
    return state instanceof Tombstone ? 3 : state instanceof Owned ? 2 : 1;
  }

  private static boolean isHeld(Map<PopId, SessionRecord> records, LeftBehind pointer) {
    return Optional.ofNullable(records.get(pointer.custodian()))
        .flatMap(SessionRecord::custody)
        .filter(custody -> custody.isErased() || custody.find(pointer.stamp()).isPresent())
        .isPresent();
  }

  /**
   * Past its absolute end a session is only waiting for its owner to notice. By that one's clock,
   * which may differ from the custodian's by less than custody outlives the session.
   */
  private boolean isOver(Map<PopId, SessionRecord> records, OnDisk latest) {
    return records.entrySet().stream()
        .filter(each -> each.getValue().state().payload().isPresent())
        .anyMatch(
            each -> {
              long localMillis = latest.atMillis() + clocks.aheadMillis(each.getKey());
              return each.getValue()
                  .state()
                  .payload()
                  .filter(data -> data.leftBehind().isPresent())
                  .filter(data -> data.lifetime().absoluteEndsAtMillis() <= localMillis)
                  .isPresent();
            });
  }

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    clocks.started(atMillis, pop, localMillis);
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> records) {
    records.forEach(
        (pop, held) ->
            held.forEach(
                (key, record) -> {
                  if (!losses.mayHaveTurnedBack(key) && !losses.isUnreadable(key)) {
                    verifyAtRest(pop, key, record);
                  }
                }));
  }

  private void verifyAtRest(PopId pop, KeyHash key, SessionRecord record) {
    boolean isWanted =
        newest(disks.records(key))
            .filter(state -> state instanceof Owned || state instanceof Tombstone)
            .map(
                state ->
                    state
                        .payload()
                        .flatMap(SessionData::leftBehind)
                        .filter(part -> part.custodian().equals(pop))
                        .isPresent())
            .orElse(true);
    // A payload that ran out on its way took the pointer with it: the part then ends with the
    // session's absolute lifetime, and not before.
    if (record.custody().isPresent() && !isWanted && !disks.hasLapsed(key)) {
      throw new InvariantViolated(this, "`" + pop + "` keeps a part that nobody points to");
    }
    if (!record.drops().isEmpty()) {
      throw new InvariantViolated(this, "`" + pop + "` still owes at rest: " + record.drops());
    }
  }

  /** The same, with all the fields that the owner of a split session points to. */
  Observation whole(Observation observation) {
    if (observation instanceof Observation.Stored stored) {
      return new Observation.Stored(
          stored.atMillis(), stored.pop(), stored.key(), whole(stored.key(), stored.record()));
    } else if (observation instanceof Observation.Replaced replaced) {
      return new Observation.Replaced(
          replaced.atMillis(),
          replaced.pop(),
          replaced.key(),
          whole(replaced.key(), replaced.record()),
          replaced.store(),
          replaced.anew());
    }
    return observation;
  }

  private Optional<SessionRecord> whole(KeyHash key, Optional<SessionRecord> record) {
    return record.map(each -> each.withState(whole(key, each.state())));
  }

  private SessionState whole(KeyHash key, SessionState state) {
    if (state instanceof Owned owned) {
      return owned.withData(whole(key, owned.data()));
    } else if (state instanceof Granted granted) {
      return new Granted(
          granted.epoch(), granted.grantee(), whole(key, granted.data()), granted.digest());
    } else if (state instanceof SessionState.Suspect suspect) {
      return suspect.was().withData(whole(key, suspect.was().data())).suspect();
    }
    return state;
  }

  private SessionData whole(KeyHash key, SessionData data) {
    Optional<ImmutableSortedMap<String, Field>> part =
        data.leftBehind()
            .flatMap(
                each -> Optional.ofNullable(values.getOrDefault(key, Map.of()).get(each.stamp())));
    if (part.isEmpty()) {
      return data;
    }
    TreeMap<String, Field> all = new TreeMap<>(part.get());
    all.putAll(data.fields());
    return data.withFields(data.version(), ImmutableSortedMap.copyOfSorted(all));
  }
}
