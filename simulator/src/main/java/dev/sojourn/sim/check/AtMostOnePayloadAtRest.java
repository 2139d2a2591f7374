package dev.sojourn.sim.check;

import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.sim.check.Observation.OnDisk;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * After the last confirm a session lies at one POP and nowhere else, nobody owes a confirm any
 * more, and a session that was not ended is still there.
 */
public final class AtMostOnePayloadAtRest implements Invariant {
  private final DiskView disks = new DiskView();
  private final Losses losses = new Losses();
  private final Set<KeyHash> created = new LinkedHashSet<>();

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof OnDisk onDisk) {
      disks.replace(onDisk);
      if (onDisk.record().filter(r -> r.state().payload().isPresent()).isPresent()) {
        created.add(onDisk.key());
      }
    }
  }

  @Override
  public void atRest(Map<PopId, Map<KeyHash, SessionRecord>> records) {
    Map<KeyHash, Set<PopId>> holders = new LinkedHashMap<>();
    records.forEach(
        (pop, held) ->
            held.forEach(
                (key, record) -> {
                  if (record.state().payload().isPresent()) {
                    holders.computeIfAbsent(key, each -> new LinkedHashSet<>()).add(pop);
                  }
                  if (!record.owes().isEmpty() && !losses.mayOweForGood(key)) {
                    throw new InvariantViolated(
                        this, "`" + pop + "` still owes confirms at rest: " + record.owes());
                  }
                }));
    for (KeyHash key : created) {
      Set<PopId> places = holders.getOrDefault(key, Set.of());
      boolean live = !disks.hasEnded(key) && !disks.hasLapsed(key) && !losses.mayBeGone(key);
      boolean twice = places.size() > 1 && !losses.mayBeKeptTwice(key);
      if (twice || (live && places.isEmpty())) {
        throw new InvariantViolated(this, "the payload lies at " + places);
      }
    }
  }
}
