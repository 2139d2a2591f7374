package dev.sojourn.sim.swarm;

import java.util.Map;
import java.util.TreeMap;

/** How often each thing happened, by name; names sort. Not thread-safe. */
public final class Coverage {
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  void addAll(Coverage other) {
    other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
  }

  public long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }
}
