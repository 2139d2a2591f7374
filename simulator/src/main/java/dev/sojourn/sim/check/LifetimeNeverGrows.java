package dev.sojourn.sim.check;

import dev.sojourn.sim.check.Observation.Stored;
import dev.sojourn.value.KeyHash;
import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When a session ends in any case is settled at its creation. A move puts that off by the time that
 * the grant was under way, since only time left travels, and a clock that was set by as much;
 * nothing else does.
 */
public final class LifetimeNeverGrows implements Invariant {
  /** Longer than any message that is taken in was under way. */
  private static final long SLACK_MILLIS = 60_000;

  private final LocalClocks clocks = new LocalClocks();
  private final Map<KeyHash, Map<PopId, Long>> localEnds = new LinkedHashMap<>();
  private final Map<KeyHash, Long> latestEnds = new LinkedHashMap<>();
  private final Losses losses = new Losses();

  @Override
  public void started(long atMillis, PopId pop, long localMillis, int recordFormat) {
    clocks.started(atMillis, pop, localMillis);
    localEnds.forEach(
        (key, ends) -> {
          if (ends.containsKey(pop)) {
            latestEnds.merge(key, endMillis(key, pop), Math::max);
          }
        });
  }

  @Override
  public void observe(Observation observation) {
    losses.observe(observation);
    if (observation instanceof Stored stored) {
      stored
          .record()
          .flatMap(record -> record.state().payload())
          .ifPresent(data -> verify(stored, data.lifetime().absoluteEndsAtMillis()));
    }
  }

  private void verify(Stored stored, long localEndMillis) {
    localEnds
        .computeIfAbsent(stored.key(), key -> new LinkedHashMap<>())
        .put(stored.pop(), localEndMillis);
    long end = endMillis(stored.key(), stored.pop());
    long before = latestEnds.getOrDefault(stored.key(), end);
    if (end > before + SLACK_MILLIS && !losses.mayHaveTurnedBack(stored.key())) {
      throw new InvariantViolated(
          this, "at `" + stored.pop() + "` the session lives " + (end - before) + " ms longer");
    }
    latestEnds.merge(stored.key(), end, Math::max);
  }

  /** By the world's time. */
  private long endMillis(KeyHash key, PopId pop) {
    return localEnds.getOrDefault(key, Map.of()).getOrDefault(pop, 0L) - clocks.aheadMillis(pop);
  }
}
