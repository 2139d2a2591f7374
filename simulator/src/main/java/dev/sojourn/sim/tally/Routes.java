package dev.sojourn.sim.tally;

import java.util.Map;
import java.util.TreeMap;

/** How often something went from one POP to another, in which part of the run. Not thread-safe. */
public final class Routes {
  private final int pops;
  private final Map<Long, Long> counts = new TreeMap<>();

  public Routes(int pops) {
    this.pops = pops;
  }

  public void add(int slice, int from, int to) {
    counts.merge(((long) slice * pops + from) * pops + to, 1L, Long::sum);
  }

  public void add(Routes other) {
    other.counts.forEach((key, count) -> counts.merge(key, count, Long::sum));
  }

  /** In the order of time, then of POPs. */
  public void forEach(Visitor visitor) {
    counts.forEach(
        (key, count) -> {
          long pair = key % ((long) pops * pops);
          int slice = (int) (key / ((long) pops * pops));
          visitor.visit(slice, (int) (pair / pops), (int) (pair % pops), count);
        });
  }

  /** Sees one kind of journey. */
  public interface Visitor {
    void visit(int slice, int from, int to, long count);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
