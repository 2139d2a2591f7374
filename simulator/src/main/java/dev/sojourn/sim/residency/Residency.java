package dev.sojourn.sim.residency;

import com.google.common.collect.ImmutableSet;
import dev.sojourn.core.PolicyInForce;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.sim.place.Sites;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A policy for the POPs and sessions of one scenario: what our cores decide by, and what every
 * strategy is judged by. Thread-safe.
 */
public final class Residency {
  /** Above this a list of all POPs, the nearest first, for each POP takes too much memory. */
  public static final int POPS_MAX = 1_024;

  private final Namespace namespace;
  private final PolicyInForce policy;
  private final NamespacePolicy rules;
  private final Sites sites;
  private final ClassSet all;
  private final ClassSet named;
  private final Map<Country, Lawful> byResidency = new ConcurrentHashMap<>();

  /**
   * Where a whole session of one residency may be.
   *
   * @param rest POPs where all of it may be stored
   * @param seen POPs where all of it may be seen
   * @param namedSeen POPs where its named fields may be seen
   */
  private record Lawful(BitSet rest, BitSet seen, BitSet namedSeen) {}

  /**
   * @param namespace of the sessions
   * @param policy that our cores are given
   * @param rules by which everybody is judged: those of the same policy
   * @param named the names of the fields that requests may ask for by name
   * @param others the names of all other fields
   */
  public Residency(
      Namespace namespace,
      PolicyInForce policy,
      NamespacePolicy rules,
      Sites sites,
      ImmutableSet<String> named,
      ImmutableSet<String> others) {
    this.namespace = namespace;
    this.policy = policy;
    this.rules = rules;
    this.sites = sites;
    this.named = classesOf(named);
    this.all = this.named.plus(classesOf(others));
  }

  private ClassSet classesOf(ImmutableSet<String> fields) {
    ClassSet classes = ClassSet.NONE;
    for (String field : fields) {
      classes = classes.plus(rules.classOf(field, ""));
    }
    return classes;
  }

  public Namespace namespace() {
    return namespace;
  }

  public PolicyInForce policy() {
    return policy;
  }

  public NamespacePolicy rules() {
    return rules;
  }

  /** Whether all of such a session may be stored there. */
  public boolean mayRest(Country residency, int pop) {
    return lawful(residency).rest().get(pop);
  }

  /** Whether all of such a session may be stored at every POP. */
  public boolean mayRestEverywhere(Country residency) {
    return lawful(residency).rest().cardinality() == sites.size();
  }

  /** Whether all of such a session may be seen there. */
  public boolean mayBeSeen(Country residency, int pop) {
    return lawful(residency).seen().get(pop);
  }

  /** Whether the named fields of such a session may be seen there. */
  public boolean mayBeSeenByName(Country residency, int pop) {
    return lawful(residency).namedSeen().get(pop);
  }

  private Lawful lawful(Country residency) {
    return byResidency.computeIfAbsent(residency, this::judge);
  }

  private Lawful judge(Country residency) {
    Lawful lawful = new Lawful(new BitSet(), new BitSet(), new BitSet());
    for (int pop = 0; pop < sites.size(); pop++) {
      lawful.rest().set(pop, rules.mayStore(residency, all, sites.get(pop).id()));
      lawful.seen().set(pop, rules.mayAccess(residency, all, sites.get(pop).id()));
      lawful.namedSeen().set(pop, rules.mayAccess(residency, named, sites.get(pop).id()));
    }
    return lawful;
  }
}
