package dev.sojourn.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import dev.sojourn.core.request.Denial;
import dev.sojourn.core.request.ErrorCode;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.request.OperationResult;
import dev.sojourn.core.request.Outcome;
import dev.sojourn.core.request.Problem;
import dev.sojourn.core.state.RequestWindow;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.core.state.WindowEntry;
import dev.sojourn.hint.Hint;
import dev.sojourn.policy.ClassSet;
import dev.sojourn.policy.DataClass;
import dev.sojourn.policy.Decision;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Placement;
import dev.sojourn.policy.RuleId;
import dev.sojourn.policy.Verdict;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import dev.sojourn.value.SessionKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the policy what may be seen and what may rest where, of requests, results and payloads
 * (rules R20 and R22). Both ends of every exchange ask their own: the sender refuses to send, the
 * receiver to take. Without a policy everything is allowed, and nothing is computed.
 */
final class Residency {
  private static final ImmutableSortedMap<String, Field> NOTHING_KNOWN = ImmutableSortedMap.of();

  private final Context context;
  private final Splitting splitting;
  private final Shadowing shadowing;

  Residency(Context context, Splitting splitting) {
    this.context = context;
    this.splitting = splitting;
    this.shadowing = new Shadowing(context);
  }

  /** What keeps a request from being shown at {@code pop}, as far as it names fields. */
  Optional<Problem> refusalToShow(
      Namespace namespace, Country residency, List<Operation> operations, PopId pop) {
    return refusalToShow(namespace, residency, operations, NOTHING_KNOWN, pop);
  }

  /** As above, for a session whose fields are known. */
  Optional<Problem> refusalToShow(SessionData data, List<Operation> operations, PopId pop) {
    return refusalToShow(data.key().namespace(), data.residency(), operations, data.fields(), pop);
  }

  private Optional<Problem> refusalToShow(
      Namespace namespace,
      Country residency,
      List<Operation> operations,
      Map<String, Field> fields,
      PopId pop) {
    Optional<NamespacePolicy> rules = rules(namespace);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    ClassSet named = FieldClasses.named(rules.get(), operations, fields);
    ClassSet unseen = named.minus(rules.get().accessible(residency, named, pop));
    shadowing.seen(namespace, residency, operations, fields, pop, unseen.isEmpty());
    return refusal(rules.get(), residency, unseen, pop, "seen");
  }

  /** What keeps a payload from resting at {@code pop}. */
  Optional<Problem> refusalToStore(SessionData data, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data.key().namespace());
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    ClassSet present = FieldClasses.present(rules.get(), data);
    ClassSet homeless = present.minus(rules.get().storable(data.residency(), present, pop));
    shadowing.stored(data, pop, homeless.isEmpty());
    return refusal(rules.get(), data.residency(), homeless, pop, "stored");
  }

  /** What keeps fields from resting at {@code pop}, whatever the window shows. */
  Optional<Problem> refusalToStoreFields(SessionData data, PopId pop) {
    return refusalToStore(data.key(), data.residency(), data.fields(), pop);
  }

  Optional<Problem> refusalToStore(
      SessionKey key, Country residency, Map<String, Field> fields, PopId pop) {
    return rules(key.namespace())
        .flatMap(
            rules -> {
              ClassSet present = FieldClasses.ofFields(rules, fields);
              ClassSet unlawful = present.minus(rules.storable(residency, present, pop));
              return refusal(rules, residency, unlawful, pop, "stored");
            });
  }

  /** What keeps fields from being seen at {@code pop}. */
  Optional<Problem> refusalToSee(
      SessionKey key, Country residency, Map<String, Field> fields, PopId pop) {
    return rules(key.namespace())
        .flatMap(
            rules -> {
              ClassSet present = FieldClasses.ofFields(rules, fields);
              ClassSet unlawful = present.minus(rules.accessible(residency, present, pop));
              return refusal(rules, residency, unlawful, pop, "seen");
            });
  }

  private static Optional<Problem> refusal(
      NamespacePolicy rules, Country residency, ClassSet forbidden, PopId pop, String verb) {
    int position = forbidden.next(0);
    if (position < 0) {
      return Optional.empty();
    }
    DataClass first = rules.classes().get(position);
    Decision decision = rules.decide(residency, first, pop);
    String why =
        decision.deciding().isEmpty()
            ? decision.ground().sentence()
            : "rule "
                + decision.deciding().stream()
                    .map(RuleId::toString)
                    .collect(Collectors.joining("` and `", "`", "`"));
    return Optional.of(
        Problem.of(
                ErrorCode.DENIED,
                "data of class `"
                    + first.name()
                    + "` may not be "
                    + verb
                    + " at `"
                    + pop
                    + "`: "
                    + why)
            .about(pop)
            .because(new Denial(pop, names(rules.members(forbidden)), told(decision))));
  }

  private static ImmutableList<RuleId> told(Decision decision) {
    return ImmutableList.copyOf(Iterables.concat(decision.deciding(), decision.erring()));
  }

  private static ImmutableList<String> names(ImmutableList<DataClass> classes) {
    return ImmutableList.copyOf(Iterables.transform(classes, DataClass::name));
  }

  /** Whether all fields of a session may rest at {@code pop}. */
  boolean mayStore(SessionData data, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data.key().namespace());
    if (rules.isEmpty()) {
      return true;
    }
    ClassSet kept = FieldClasses.ofFields(rules.get(), data.fields());
    boolean may = rules.get().mayStore(data.residency(), kept, pop);
    shadowing.kept(data, pop, may);
    return may;
  }

  /** Whether what a payload holds may be seen at {@code pop}, such as on its way back. */
  boolean mayShowAll(SessionData data, PopId pop) {
    return splitting.maySeeAll(data, pop)
        && rules(data.key().namespace())
            .map(rules -> rules.mayAccess(data.residency(), FieldClasses.present(rules, data), pop))
            .orElse(true);
  }

  /** Whether the values that a request brings may be seen and may rest at {@code pop}. */
  boolean mayEntrust(
      Namespace namespace, Country residency, List<Operation> operations, PopId pop) {
    return rules(namespace)
        .map(
            rules -> {
              ClassSet named = FieldClasses.named(rules, operations, NOTHING_KNOWN);
              ClassSet brought = FieldClasses.brought(rules, operations);
              return rules.members(named).stream()
                  .allMatch(
                      each ->
                          mayEntrust(rules.decide(residency, each, pop), brought.contains(each)));
            })
        .orElse(true);
  }

  /**
   * What is left behind never rests with the owner, so that it may be seen there is enough (R23);
   * but an owner that may not see it could not run a request that only names it either.
   */
  private static boolean mayEntrust(Decision decision, boolean isBrought) {
    return decision.verdict() == Verdict.REDACT
        ? decision.mayAccess()
        : !isBrought || decision.mayStore();
  }

  /** What a session may do when its user is at {@code pop}; empty where there is no policy. */
  Optional<Placement> place(SessionData data, PopId pop) {
    return splitting.placed(data, pop);
  }

  /** The POP nearest to {@code pop} at which all its fields may rest. */
  Optional<PopId> nearestLawful(SessionData data, PopId pop) {
    return lawful(data, pop).stream().findFirst();
  }

  /** The POPs at which all its fields may rest, from the one nearest to {@code pop} on. */
  ImmutableList<PopId> lawful(SessionData data, PopId pop) {
    return rules(data.key().namespace())
        .map(
            rules ->
                rules.lawful(
                    data.residency(),
                    FieldClasses.ofFields(rules, data.fields()),
                    context.policy.orElseThrow().seenFrom(pop)))
        .orElse(ImmutableList.of());
  }

  /**
   * The same results without what may not be seen at {@code pop}: a field is left out of a read,
   * and a number or a length is withheld.
   *
   * @param operations that they answer; empty where those are not known here
   */
  ImmutableList<OperationResult> show(
      SessionData data, List<Operation> operations, List<OperationResult> results, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data.key().namespace());
    if (rules.isEmpty()
        || (mayShowAll(data, pop)
            && rules
                .get()
                .mayAccess(data.residency(), FieldClasses.read(rules.get(), results), pop))) {
      return ImmutableList.copyOf(results);
    }
    Sight sight = new Sight(rules.get(), data.residency(), data.fields(), pop);
    boolean isKnown = operations.size() == results.size();
    ImmutableList.Builder<OperationResult> shown = ImmutableList.builder();
    for (int i = 0; i < results.size(); i++) {
      Optional<Operation> operation = isKnown ? Optional.of(operations.get(i)) : Optional.empty();
      shown.add(sight.show(results.get(i), operation));
    }
    return shown.build();
  }

  /** Those of these fields that may be seen at {@code pop}. */
  ImmutableSortedMap<String, Field> visible(
      SessionKey key, Country residency, ImmutableSortedMap<String, Field> fields, PopId pop) {
    return rules(key.namespace())
        .map(rules -> new Sight(rules, residency, NOTHING_KNOWN, pop).visible(fields))
        .orElse(fields);
  }

  /** Those of these fields that may be seen at {@code pop}, and rest there. */
  ImmutableSortedMap<String, Field> storable(
      SessionKey key, Country residency, ImmutableSortedMap<String, Field> fields, PopId pop) {
    return rules(key.namespace())
        .map(
            rules ->
                ImmutableSortedMap.copyOfSorted(
                    Maps.filterEntries(
                        fields,
                        each ->
                            rules
                                .decide(
                                    residency,
                                    rules.classOf(each.getKey(), each.getValue().dataClass()),
                                    pop)
                                .mayStore())))
        .orElse(fields);
  }

  /**
   * What another POP has answered, as this one shows it to its client: the other end has asked its
   * own policy, and this one asks its own. What is labelled is known here by its name alone.
   */
  Outcome.Success shownTo(Ask.FromClient client, Outcome.Success success) {
    Optional<NamespacePolicy> rules = rules(client.request.key().namespace());
    if (rules.isEmpty()) {
      return success;
    }
    Country residency =
        client.hint().map(Hint::residency).orElse(client.request.creation().residency());
    Sight sight = new Sight(rules.get(), residency, NOTHING_KNOWN, context.self());
    ImmutableList.Builder<OperationResult> shown = ImmutableList.builder();
    for (int i = 0; i < success.results().size(); i++) {
      OperationResult result = success.results().get(i);
      if (i < client.operations().size()) {
        shown.add(sight.show(result, Optional.of(client.operations().get(i))));
      } else {
        // Nobody asked for so many: of those without a name nothing is shown.
        boolean isNamed = result instanceof OperationResult.FieldsRead;
        shown.add(isNamed ? sight.show(result, Optional.empty()) : new OperationResult.Withheld());
      }
    }
    ImmutableList<OperationResult> all = shown.build();
    return new Outcome.Success(
        all,
        success.hint(),
        success.version(),
        success.epoch(),
        success.flags().redactedIf(!all.equals(success.results())));
  }

  /**
   * Of one session's data, what may be seen at one POP.
   *
   * @param known fields whose labels are known here
   */
  private record Sight(
      NamespacePolicy rules, Country residency, Map<String, Field> known, PopId pop) {
    /**
     * @param operation that it answers; a number or a length is withheld where that is not known
     */
    OperationResult show(OperationResult result, Optional<Operation> operation) {
      if (result instanceof OperationResult.FieldsRead read) {
        return new OperationResult.FieldsRead(visible(read.fields()));
      }
      boolean isHidden = isValue(result) && operation.filter(this::isVisible).isEmpty();
      return isHidden ? new OperationResult.Withheld() : result;
    }

    ImmutableSortedMap<String, Field> visible(ImmutableSortedMap<String, Field> fields) {
      return ImmutableSortedMap.copyOfSorted(
          Maps.filterEntries(fields, each -> isVisible(each.getKey(), each.getValue())));
    }

    private boolean isVisible(String name, Field field) {
      return rules.decide(residency, rules.classOf(name, field.dataClass()), pop).mayAccess();
    }

    private boolean isVisible(Operation operation) {
      ClassSet named = FieldClasses.named(rules, ImmutableList.of(operation), known);
      return rules.mayAccess(residency, named, pop);
    }
  }

  private static boolean isValue(OperationResult result) {
    return result instanceof OperationResult.Number || result instanceof OperationResult.Length;
  }

  /**
   * The payload as it may travel to {@code pop} and rest there, if its fields may: the window keeps
   * that a request was applied, and not what it was answered of other fields.
   */
  SessionData forTransfer(SessionData data, PopId pop) {
    Optional<NamespacePolicy> rules = rules(data.key().namespace());
    if (rules.isEmpty() || data.window().entries().isEmpty()) {
      return data;
    }
    ClassSet all = ClassSet.of(rules.get().classes().toArray(new DataClass[0]));
    if (rules.get().mayStore(data.residency(), all, pop)) {
      return data;
    }
    ImmutableList.Builder<WindowEntry> entries = ImmutableList.builder();
    for (WindowEntry entry : data.window().entries()) {
      boolean mayRest =
          entry.results().stream()
              .allMatch(result -> mayRest(rules.get(), data.residency(), result, pop));
      entries.add(mayRest ? entry : entry.withheld());
    }
    return data.withWindow(new RequestWindow(entries.build(), data.window().lowWaterVersion()));
  }

  private static boolean mayRest(
      NamespacePolicy rules, Country residency, OperationResult result, PopId pop) {
    if (result instanceof OperationResult.FieldsRead read) {
      return rules.mayStore(residency, FieldClasses.ofFields(rules, read.fields()), pop);
    }
    // Which field a number is of is not remembered with it.
    return !isValue(result);
  }

  private Optional<NamespacePolicy> rules(Namespace namespace) {
    return context.policy.map(policy -> policy.rules().of(namespace));
  }
}
