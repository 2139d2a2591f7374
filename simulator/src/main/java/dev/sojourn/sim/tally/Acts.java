package dev.sojourn.sim.tally;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done with data that a residency policy speaks of, as the POPs' ledgers say it
 * (docs/audit.md), counted by class and country. Not thread-safe.
 */
public final class Acts {
  /**
   * One kind of act.
   *
   * @param dataClass what it was done with
   * @param residency whose data
   * @param act as the ledger writes it
   * @param country where the data went, were seen, or might not be
   * @param rules that decided, a plus sign between them; empty where no rule speaks
   */
  public record Act(String dataClass, String residency, String act, String country, String rules)
      implements Comparable<Act> {
    private static final Comparator<Act> ORDER =
        Comparator.comparing(Act::dataClass)
            .thenComparing(Act::residency)
            .thenComparing(Act::act)
            .thenComparing(Act::country)
            .thenComparing(Act::rules);

    @Override
    public int compareTo(Act other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Act, Long> counts = new TreeMap<>();

  public void add(Act act) {
    counts.merge(act, 1L, Long::sum);
  }

  public void add(Acts other) {
    other.counts.forEach((act, count) -> counts.merge(act, count, Long::sum));
  }

  /** In the order of classes, then residencies, acts, countries and rules. */
  public void forEach(Visitor visitor) {
    counts.forEach(visitor::visit);
  }

  /** Sees one kind of act. */
  public interface Visitor {
    void visit(Act act, long count);
  }
}
