package dev.sojourn.policy.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.Countries;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Policy;
import dev.sojourn.policy.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which decisions a newer policy makes otherwise, whatever lines of the file that takes; those
 * included that change because a field falls to another class.
 */
public record Diff(ImmutableList<Changed> changes) {

  /** Which way a decision has changed. */
  public enum Direction {
    /** Data may be stored or seen where it might not be. */
    WIDENED,
    /** Data may not be stored or seen where it might be. */
    NARROWED,
    /** The same is allowed, and something else happens where storing is not. */
    OTHERWISE
  }

  /**
   * Decisions that have changed in the same way.
   *
   * @param fields what they are about: fields, or a label of the application
   */
  public record Changed(
      Direction direction,
      Namespace namespace,
      FieldKinds.Kind fields,
      ImmutableList<Country> residencies,
      ImmutableList<PopId> pops,
      Decision before,
      Decision after) {}

  private record Pair(Decision before, Decision after) {}

  /** Compares all decisions, for every residency and for POPs of every kind in {@code sites}. */
  public static Diff between(Policy before, Policy after, Sites sites) {
    CompiledPolicy older = CompiledPolicy.compile(before, sites);
    CompiledPolicy newer = CompiledPolicy.compile(after, sites);
    Set<Namespace> namespaces = new TreeSet<>(before.namespaces().keySet());
    namespaces.addAll(after.namespaces().keySet());
    List<Changed> changes = new ArrayList<>();
    for (Namespace namespace : namespaces) {
      for (FieldKinds.Kind kind : FieldKinds.of(before, after)) {
        changes.addAll(changes(namespace, kind, older.of(namespace), newer.of(namespace), sites));
      }
    }
    changes.sort((one, other) -> one.direction().compareTo(other.direction()));
    return new Diff(ImmutableList.copyOf(changes));
  }

  /** Whether any decision lets data be stored or seen where it might not be. */
  public boolean isWidened() {
    return changes.stream().anyMatch(change -> change.direction() == Direction.WIDENED);
  }

  private static List<Changed> changes(
      Namespace namespace,
      FieldKinds.Kind kind,
      NamespacePolicy before,
      NamespacePolicy after,
      Sites sites) {
    DataClass old = before.classes().get(kind.before().position());
    DataClass now = after.classes().get(kind.after().position());
    // For each way to change, the residencies and, for each of them, the POPs.
    Map<Pair, SetMultimap<Country, PopId>> cells = new LinkedHashMap<>();
    List<Country> residencies = new ArrayList<>(Countries.ALL.asList());
    residencies.add(Country.UNKNOWN);
    for (Country residency : residencies) {
      for (PopId pop : sites.byPop().keySet()) {
        Pair pair = new Pair(before.decide(residency, old, pop), after.decide(residency, now, pop));
        if (!pair.before().allowsAsMuchAs(pair.after())) {
          cells.computeIfAbsent(pair, any -> LinkedHashMultimap.create()).put(residency, pop);
        }
      }
    }
    List<Changed> changes = new ArrayList<>();
    cells.forEach(
        (pair, byResidency) -> {
          Map<Set<PopId>, Set<Country>> byPops = new LinkedHashMap<>();
          for (Country residency : byResidency.keySet()) {
            byPops
                .computeIfAbsent(
                    new LinkedHashSet<>(byResidency.get(residency)), any -> new LinkedHashSet<>())
                .add(residency);
          }
          byPops.forEach(
              (pops, countries) ->
                  changes.add(
                      new Changed(
                          direction(pair),
                          namespace,
                          kind,
                          ImmutableList.copyOf(countries),
                          ImmutableList.copyOf(pops),
                          pair.before(),
                          pair.after())));
        });
    return changes;
  }

  private static Direction direction(Pair pair) {
    boolean storesMore = pair.after().mayStore() && !pair.before().mayStore();
    boolean storesLess = pair.before().mayStore() && !pair.after().mayStore();
    boolean seesMore = pair.after().mayAccess() && !pair.before().mayAccess();
    boolean seesLess = pair.before().mayAccess() && !pair.after().mayAccess();
    if (storesMore || seesMore) {
      return Direction.WIDENED;
    }
    return storesLess || seesLess ? Direction.NARROWED : Direction.OTHERWISE;
  }
}
