package dev.sojourn.policy;

import com.google.common.collect.ImmutableList;
import dev.sojourn.policy.Placement.Kind;
import dev.sojourn.policy.PopColumns.Column;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A policy as it stands for one namespace and topology, in tables: a decision is two array reads
 * behind one look-up of the POP, whatever the number of rules, and allocates nothing. Immutable.
 *
 * <p>Both ends of a hand-over ask their own; what both allow happens. Where one end has two
 * policies, {@link #stricter} joins them into one.
 */
public final class NamespacePolicy {
  private static final Decision OPEN = Decision.open();
  private static final Decision UNKNOWN_POP = Decision.deny(Ground.UNKNOWN_POP);

  private final ImmutableList<DataClass> classes;
  private final Classifier classifier;
  private final PopColumns columns;
  private final long graceMillis;
  // By residency, and within it by class.
  private final Row[] rows;

  NamespacePolicy(
      ImmutableList<DataClass> classes,
      Classifier classifier,
      PopColumns columns,
      long graceMillis,
      Row[] rows) {
    this.classes = classes;
    this.classifier = classifier;
    this.columns = columns;
    this.graceMillis = graceMillis;
    this.rows = rows;
  }

  /**
   * All classes by position: those that the policy declares, {@code default}, and last the one that
   * stands for labels that it does not declare.
   */
  public ImmutableList<DataClass> classes() {
    return classes;
  }

  /** The members of a set of these classes, by position. */
  public ImmutableList<DataClass> members(ClassSet set) {
    ImmutableList.Builder<DataClass> members = ImmutableList.builder();
    for (int i = set.next(0); i >= 0; i = set.next(i + 1)) {
      members.add(classes.get(i));
    }
    return members.build();
  }

  /**
   * The class of a field: the first that claims it by a pattern or is its label.
   *
   * @param label what the application calls it; empty or {@code default} if nothing
   */
  public DataClass classOf(String field, String label) {
    return classifier.classOf(field, label);
  }

  /** How long data that may no longer rest where it lies is kept and offered to others (R21). */
  public long graceMillis() {
    return graceMillis;
  }

  /**
   * What may be done with data of this class, of a session of this residency, at this POP.
   *
   * @throws IllegalArgumentException if the class is none of {@link #classes}
   */
  public Decision decide(Country residency, DataClass dataClass, PopId pop) {
    int position = dataClass.position();
    if (position >= classes.size() || !classes.get(position).name().equals(dataClass.name())) {
      throw new IllegalArgumentException("class `" + dataClass.name() + "` is of another policy");
    }
    Column column = columns.find(pop);
    return column == null ? UNKNOWN_POP : decide(residency, position, column);
  }

  private Decision decide(Country residency, int position, Column column) {
    int slot = CountrySet.slot(residency);
    return rows[slot * classes.size() + position].at(column, slot);
  }

  /** Whether all these classes may be stored at {@code pop}; so too if there are none. */
  public boolean mayStore(Country residency, ClassSet present, PopId pop) {
    return allows(residency, present, pop, Decision::mayStore);
  }

  /**
   * Whether all these classes may be seen at {@code pop}, be it in a request, in a result, or in
   * passing through; so too if there are none.
   */
  public boolean mayAccess(Country residency, ClassSet present, PopId pop) {
    return allows(residency, present, pop, Decision::mayAccess);
  }

  private boolean allows(
      Country residency, ClassSet present, PopId pop, Predicate<Decision> permission) {
    Column column = columns.find(pop);
    for (int i = present.next(0); i >= 0; i = present.next(i + 1)) {
      if (column == null || !permission.test(decide(residency, i, column))) {
        return false;
      }
    }
    return true;
  }

  /** Those of {@code present} that may be stored at {@code pop}. */
  public ClassSet storable(Country residency, ClassSet present, PopId pop) {
    return part(residency, present, pop, Decision::mayStore);
  }

  /** Those of {@code present} that may be seen at {@code pop}. */
  public ClassSet accessible(Country residency, ClassSet present, PopId pop) {
    return part(residency, present, pop, Decision::mayAccess);
  }

  private ClassSet part(
      Country residency, ClassSet present, PopId pop, Predicate<Decision> permission) {
    Column column = columns.find(pop);
    ClassSet part = ClassSet.NONE;
    for (int i = present.next(0); i >= 0; i = present.next(i + 1)) {
      if (column != null && permission.test(decide(residency, i, column))) {
        part = part.plus(classes.get(i));
      }
    }
    return part;
  }

  /**
   * What a session with fields of these classes may do when its user is at {@code pop}: its
   * strictest class decides. A session without fields may follow to any POP of the topology.
   */
  public Placement place(Country residency, ClassSet present, PopId pop) {
    Column column = columns.find(pop);
    if (column == null) {
      return new Placement(Kind.STAY, ClassSet.NONE, UNKNOWN_POP);
    }
    Decision decisive = OPEN;
    for (int i = present.next(0); i >= 0; i = present.next(i + 1)) {
      Decision each = decide(residency, i, column);
      decisive = each.verdict().compareTo(decisive.verdict()) >= 0 ? each : decisive;
    }
    return switch (decisive.verdict()) {
      case STORE -> new Placement(Kind.FOLLOW, ClassSet.NONE, decisive);
      case REDACT -> split(residency, present, pop, decisive);
      case NEAREST -> new Placement(Kind.NEAREST, ClassSet.NONE, decisive);
      case REMOTE, DENY -> new Placement(Kind.STAY, ClassSet.NONE, decisive);
    };
  }

  /** Where nothing of a session may follow, there is nothing to split. */
  private Placement split(Country residency, ClassSet present, PopId pop, Decision decisive) {
    ClassSet behind = present.minus(storable(residency, present, pop));
    return behind.equals(present)
        ? new Placement(Kind.STAY, ClassSet.NONE, decisive)
        : new Placement(Kind.SPLIT, behind, decisive);
  }

  /**
   * The POPs where all these classes may be stored, in the order given.
   *
   * @param byRoundTrip POPs, such as by their round-trip time to the user's
   */
  public ImmutableList<PopId> lawful(
      Country residency, ClassSet present, Iterable<PopId> byRoundTrip) {
    ImmutableList.Builder<PopId> lawful = ImmutableList.builder();
    for (PopId pop : byRoundTrip) {
      if (columns.find(pop) != null && mayStore(residency, present, pop)) {
        lawful.add(pop);
      }
    }
    return lawful.build();
  }

  /**
   * The first POP that a session with fields of these classes may move to, whole, or without what
   * its rules let stay behind. Empty if there is none: then it stays where it is.
   *
   * @param byRoundTrip POPs by their round-trip time to the user's, the nearest first
   */
  public Optional<PopId> nearest(Country residency, ClassSet present, Iterable<PopId> byRoundTrip) {
    for (PopId pop : byRoundTrip) {
      if (place(residency, present, pop).mayMove()) {
        return Optional.of(pop);
      }
    }
    return Optional.empty();
  }

  /**
   * What both policies allow, as fast as one. Its classes are pairs of theirs, so that a field is
   * judged by the class that it has in each.
   */
  public NamespacePolicy stricter(NamespacePolicy other) {
    return new StricterOfTwo(this, other).compile();
  }

  Classifier classifier() {
    return classifier;
  }

  PopColumns columns() {
    return columns;
  }

  Row row(int residency, int position) {
    return rows[residency * classes.size() + position];
  }
}
