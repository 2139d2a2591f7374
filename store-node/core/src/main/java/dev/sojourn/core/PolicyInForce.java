package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.state.Custody;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.SessionRecord;
import dev.sojourn.core.state.SessionState.Owned;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.CompiledPolicy;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * The residency policy that a POP decides by.
 *
 * @param rules compiled for the POPs in service
 * @param byRoundTrip of each POP, the POPs from itself to the farthest
 * @param sinceMillis since when, by this POP's clock: what it forbids to rest here is dropped when
 *     its grace is over from then on, and not before (rule R21)
 * @param shadow a policy that decides nothing, and is asked too, so that it is counted what it
 *     would change
 */
public record PolicyInForce(
    CompiledPolicy rules,
    ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip,
    long sinceMillis,
    Optional<CompiledPolicy> shadow) {

  /** One that nothing is tried beside. */
  public PolicyInForce(
      CompiledPolicy rules,
      ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip,
      long sinceMillis) {
    this(rules, byRoundTrip, sinceMillis, Optional.empty());
  }

  /** One that has been in force since before anything could rest here. */
  public PolicyInForce(
      CompiledPolicy rules, ImmutableMap<PopId, ImmutableList<PopId>> byRoundTrip) {
    this(rules, byRoundTrip, 0);
  }

  /** The same policy, in force since another instant. */
  public PolicyInForce since(long millis) {
    return new PolicyInForce(rules, byRoundTrip, millis, shadow);
  }

  /** The same policy, and beside it one that is only asked. */
  public PolicyInForce beside(CompiledPolicy other) {
    return new PolicyInForce(rules, byRoundTrip, sinceMillis, Optional.of(other));
  }

  /** Whether all fields of a session may rest at {@code pop}, and all that its window shows. */
  public boolean mayRest(SessionData data, PopId pop) {
    NamespacePolicy applied = rules.of(data.key().namespace());
    return applied.mayStore(data.residency(), FieldClasses.present(applied, data), pop);
  }

  /** The same of a part that is kept for an owner elsewhere. */
  public boolean mayRest(Custody custody, PopId pop) {
    NamespacePolicy applied = rules.of(custody.key().namespace());
    return applied.mayStore(custody.residency(), FieldClasses.kept(applied, custody), pop);
  }

  /** The same of all that a record holds, if it holds anything. */
  public boolean mayRest(SessionRecord record, PopId pop) {
    return record.state().payload().map(data -> mayRest(data, pop)).orElse(true)
        && record.custody().map(custody -> mayRest(custody, pop)).orElse(true);
  }

  /**
   * Whether a sweep at {@code pop} has nothing to do with a record: all that it holds may rest
   * there; and so may what an owner has left behind, where that is, or the owner can do nothing
   * about it any more.
   */
  public boolean isSwept(SessionRecord record, PopId pop, long nowMillis) {
    return mayRest(record, pop)
        && (!(record.state() instanceof Owned owned)
            || mayStay(owned.data())
            || nowMillis >= graceEndsAtMillis(owned.data().key().namespace()));
  }

  /** Whether what was left behind, if anything, may stay with its custodian. */
  public boolean mayStay(SessionData data) {
    NamespacePolicy applied = rules.of(data.key().namespace());
    return data.leftBehind()
        .map(
            part ->
                knowsAll(applied, data, part)
                    && applied.mayStore(
                        data.residency(), FieldClasses.leftBehind(applied, data), part.custodian()))
        .orElse(true);
  }

  /**
   * The POPs where all of a session may rest, together with what was left behind, as they are seen
   * from {@code pop}. None, if something was left behind of a class that nobody knows by its name.
   */
  public ImmutableList<PopId> lawfulWhole(SessionData data, PopId pop) {
    NamespacePolicy applied = rules.of(data.key().namespace());
    boolean isKnown = data.leftBehind().map(part -> knowsAll(applied, data, part)).orElse(true);
    return isKnown
        ? applied.lawful(
            data.residency(),
            FieldClasses.ofFields(applied, data.fields())
                .plus(FieldClasses.leftBehind(applied, data)),
            seenFrom(pop))
        : ImmutableList.of();
  }

  private static boolean knowsAll(NamespacePolicy applied, SessionData data, LeftBehind part) {
    return applied.members(FieldClasses.leftBehind(applied, data)).size() == part.classes().size();
  }

  /**
   * Where a session that is at {@code pop} would rest: there, if all its fields may, else at the
   * nearest POP where they may; empty if there is none. If what it has left behind may not stay
   * where that is, it is there that all of it may rest, or else still at {@code pop}, without that.
   * What its window shows of former answers is forgotten where it may not rest, and moves nothing.
   */
  public Optional<PopId> restingPlace(SessionData data, PopId pop) {
    NamespacePolicy applied = rules.of(data.key().namespace());
    ClassSet present = FieldClasses.ofFields(applied, data.fields());
    if (!applied.mayStore(data.residency(), present, pop)) {
      return applied.lawful(data.residency(), present, seenFrom(pop)).stream().findFirst();
    }
    ImmutableList<PopId> whole = mayStay(data) ? ImmutableList.of() : lawfulWhole(data, pop);
    return Optional.of(whole.isEmpty() || whole.contains(pop) ? pop : whole.get(0));
  }

  /** When what may not rest here any more is dropped. */
  public long graceEndsAtMillis(Namespace namespace) {
    return sinceMillis + rules.of(namespace).graceMillis();
  }

  /**
   * Where a session is to be made that a client of {@code pop} asks for: at the nearest POP where
   * what it brings may rest; at {@code pop} itself if there is none, which then refuses.
   *
   * @param operations of a request without a hint
   */
  public PopId birthOf(
      Namespace namespace, Country residency, List<Operation> operations, PopId pop) {
    NamespacePolicy applied = rules.of(namespace);
    return applied
        .lawful(residency, FieldClasses.brought(applied, operations), seenFrom(pop))
        .stream()
        .findFirst()
        .orElse(pop);
  }

  /**
   * Of each POP, all of them from the nearest to the farthest; of two that are as far, the one of
   * the lower name first, since all POPs must agree.
   *
   * @param distance in whatever unit; the same in both directions
   */
  public static <P> ImmutableMap<PopId, ImmutableList<PopId>> nearness(
      List<P> pops, Function<P, PopId> id, ToDoubleBiFunction<P, P> distance) {
    ImmutableMap.Builder<PopId, ImmutableList<PopId>> nearness = ImmutableMap.builder();
    for (P from : pops) {
      nearness.put(
          id.apply(from),
          pops.stream()
              .sorted(
                  Comparator.comparingDouble((P to) -> distance.applyAsDouble(from, to))
                      .thenComparing(id))
              .map(id)
              .collect(ImmutableList.toImmutableList()));
    }
    return nearness.buildOrThrow();
  }

  /** The POPs as they are seen from {@code pop}, the nearest first. */
  public ImmutableList<PopId> seenFrom(PopId pop) {
    return byRoundTrip.getOrDefault(pop, ImmutableList.of());
  }
}
