package dev.sojourn.sim.check;

import dev.sojourn.value.PopId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By how much the clock of each POP was ahead of the world's when its process was started last.
 * What it has gained or lost since, the checker must allow for.
 */
final class LocalClocks {
  private final Map<PopId, Start> starts = new LinkedHashMap<>();

  /** By the world's time. */
  record Start(long atMillis, long aheadMillis) {}

  void started(long atMillis, PopId pop, long localMillis) {
    starts.put(pop, new Start(atMillis, localMillis - atMillis));
  }

  Optional<Start> lastStartOf(PopId pop) {
    return Optional.ofNullable(starts.get(pop));
  }

  /** 0 for a POP that was never started. */
  long aheadMillis(PopId pop) {
    return lastStartOf(pop).map(Start::aheadMillis).orElse(0L);
  }
}
