package dev.sojourn.core;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.state.FieldMark;
import dev.sojourn.core.state.LeftBehind;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Placement;
import dev.sojourn.value.Country;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Which fields of a session may follow to another POP, and which stay behind (rule R23). */
final class Splitting {
  /**
   * A session's fields, each in one part.
   *
   * @param classes of what stays behind, by name
   */
  record Division(
      ImmutableSortedMap<String, Field> follows,
      ImmutableSortedMap<String, Field> behind,
      ImmutableSortedSet<String> classes) {

    static Division whole(SessionData data) {
      return new Division(data.fields(), ImmutableSortedMap.of(), ImmutableSortedSet.of());
    }

    boolean isSplit() {
      return !behind.isEmpty();
    }
  }

  private final Context context;
  private final Shadowing shadowing;

  Splitting(Context context) {
    this.context = context;
    this.shadowing = new Shadowing(context);
  }

  /**
   * Decides how a session would go to {@code pop}; empty if it may not. A policy in shadow is asked
   * too.
   */
  Optional<Division> decide(SessionData data, PopId pop) {
    return division(data, pop, placed(data, pop));
  }

  /** Decides what a session may do when its user is at {@code pop}; empty without a policy. */
  Optional<Placement> placed(SessionData data, PopId pop) {
    Optional<Placement> placement = place(data, pop);
    placement.ifPresent(each -> shadowing.placed(data, pop, each));
    return placement;
  }

  /**
   * How a session goes to {@code pop}; empty if it may not. What is split already goes only as it
   * is: it has one custodian.
   */
  Optional<Division> division(SessionData data, PopId pop) {
    return division(data, pop, place(data, pop));
  }

  private Optional<Placement> place(SessionData data, PopId pop) {
    return rules(data)
        .map(
            rules ->
                rules.place(data.residency(), FieldClasses.ofFields(rules, data.fields()), pop));
  }

  private Optional<Division> division(SessionData data, PopId pop, Optional<Placement> placement) {
    if (placement.isEmpty()) {
      return Optional.of(Division.whole(data));
    }
    return switch (placement.get().kind()) {
      case FOLLOW ->
          data.leftBehind().filter(part -> !mayComeHome(data, part, pop)).isPresent()
              ? Optional.empty()
              : Optional.of(Division.whole(data));
      case SPLIT ->
          data.leftBehind().isEmpty()
              ? Optional.of(
                  divide(
                      rules(data),
                      data,
                      (name, dataClass) ->
                          placement.get().behind().contains(dataClass.orElseThrow())))
              : Optional.empty();
      case NEAREST, STAY -> Optional.empty();
    };
  }

  /** With its custodian a session becomes whole: then all of it must be lawful there. */
  private boolean mayComeHome(SessionData data, LeftBehind part, PopId pop) {
    return !part.custodian().equals(pop) || everyKnownClass(data, part, pop);
  }

  /**
   * What of these fields may rest at this POP, whatever its rules want done with the rest.
   *
   * @param behind those that were left behind: they stay so, until all of them come together
   */
  Division divideHere(SessionData data, Set<String> behind) {
    Optional<NamespacePolicy> rules = rules(data);
    return divide(
        rules,
        data,
        (name, dataClass) -> behind.contains(name) || !mayKeep(rules, data, dataClass));
  }

  private boolean mayKeep(
      Optional<NamespacePolicy> rules, SessionData data, Optional<DataClass> dataClass) {
    return rules
        .map(each -> each.decide(data.residency(), dataClass.orElseThrow(), context.self()))
        .map(Decision::mayStore)
        .orElse(true);
  }

  private static Division divide(
      Optional<NamespacePolicy> rules,
      SessionData data,
      BiPredicate<String, Optional<DataClass>> staysBehind) {
    ImmutableSortedMap.Builder<String, Field> follows = ImmutableSortedMap.naturalOrder();
    ImmutableSortedMap.Builder<String, Field> behind = ImmutableSortedMap.naturalOrder();
    ImmutableSortedSet.Builder<String> classes = ImmutableSortedSet.naturalOrder();
    for (Map.Entry<String, Field> each : data.fields().entrySet()) {
      Optional<DataClass> dataClass =
          rules.map(known -> known.classOf(each.getKey(), each.getValue().dataClass()));
      if (staysBehind.test(each.getKey(), dataClass)) {
        behind.put(each);
        dataClass.map(DataClass::name).ifPresent(classes::add);
      } else {
        follows.put(each);
      }
    }
    return new Division(follows.build(), behind.build(), classes.build());
  }

  /** Whether these operations need what was left behind, or would add to it. */
  boolean touches(SessionData data, List<Operation> operations) {
    return data.leftBehind()
        .filter(part -> operations.stream().anyMatch(each -> touches(data, part, each)))
        .isPresent();
  }

  private boolean touches(SessionData data, LeftBehind part, Operation operation) {
    if (readsAll(operation)) {
      return maySeeAny(data, part, context.self());
    }
    if (operation instanceof Operation.Get get) {
      return get.names().stream().anyMatch(name -> isBehind(data, part, name));
    } else if (operation instanceof Operation.Put put) {
      return isBehind(data, part, put.name())
          || !mayKeep(data, put.name(), put.field().dataClass());
    } else if (operation instanceof Operation.Remove remove) {
      return isBehind(data, part, remove.name());
    } else if (operation instanceof Operation.Increment increment) {
      return isBehind(data, part, increment.name()) || makes(data, increment.name());
    }
    return operation instanceof Operation.Append append
        && (isBehind(data, part, append.name()) || makes(data, append.name()));
  }

  /** Whether it would make a field here that may not rest here. */
  private boolean makes(SessionData data, String name) {
    return !data.fields().containsKey(name) && !mayKeep(data, name, Field.DEFAULT_CLASS);
  }

  private boolean mayKeep(SessionData data, String name, String label) {
    return rules(data)
        .map(
            rules ->
                rules
                    .decide(data.residency(), rules.classOf(name, label), context.self())
                    .mayStore())
        .orElse(true);
  }

  static boolean isBehind(SessionData data, LeftBehind part, String name) {
    return part.marks().contains(FieldMark.of(data.key(), name));
  }

  static boolean readsAll(Operation operation) {
    return operation instanceof Operation.Get get && get.names().isEmpty();
  }

  /** The fields that these operations name. */
  static ImmutableSortedSet<String> names(List<Operation> operations) {
    ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Get get) {
        names.addAll(get.names());
      } else if (operation instanceof Operation.Put put) {
        names.add(put.name());
      } else if (operation instanceof Operation.Remove remove) {
        names.add(remove.name());
      } else if (operation instanceof Operation.Increment increment) {
        names.add(increment.name());
      } else if (operation instanceof Operation.Append append) {
        names.add(append.name());
      }
    }
    return names.build();
  }

  /**
   * Whether this POP may keep all that was left behind, as far as is known before its fields are
   * seen: then the session can be whole again.
   */
  boolean mayJoin(SessionData data, LeftBehind part) {
    return everyKnownClass(data, part, context.self());
  }

  /** What another policy called otherwise is judged when its fields are seen. */
  private boolean everyKnownClass(SessionData data, LeftBehind part, PopId pop) {
    return rules(data)
        .map(
            rules ->
                part.classes().stream()
                    .filter(name -> isKnown(rules, name))
                    .allMatch(
                        name -> allows(rules, data.residency(), name, pop, Decision::mayStore)))
        .orElse(true);
  }

  private static boolean isKnown(NamespacePolicy rules, String name) {
    return rules.classes().stream().anyMatch(each -> each.name().equals(name));
  }

  /** Whether all that was left behind, if anything, may be seen at {@code pop}. */
  boolean maySeeAll(SessionData data, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data);
    return rules.isEmpty()
        || data.leftBehind().stream()
            .flatMap(part -> part.classes().stream())
            .allMatch(
                name -> allows(rules.get(), data.residency(), name, pop, Decision::mayAccess));
  }

  private boolean maySeeAny(SessionData data, LeftBehind part, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data);
    return rules.isEmpty()
        || part.classes().stream()
            .anyMatch(
                name ->
                    !isKnown(rules.get(), name)
                        || allows(rules.get(), data.residency(), name, pop, Decision::mayAccess));
  }

  private static boolean allows(
      NamespacePolicy rules,
      Country residency,
      String name,
      PopId pop,
      Predicate<Decision> allows) {
    return rules.classes().stream()
        .filter(each -> each.name().equals(name))
        .anyMatch(each -> allows.test(rules.decide(residency, each, pop)));
  }

  private Optional<NamespacePolicy> rules(SessionData data) {
    return context.policy.map(policy -> policy.rules().of(data.key().namespace()));
  }
}
