package dev.sojourn.core;

import dev.sojourn.core.effect.Step;
import dev.sojourn.core.request.Field;
import dev.sojourn.core.request.Operation;
import dev.sojourn.core.state.SessionData;
import dev.sojourn.policy.NamespacePolicy;
import dev.sojourn.policy.Placement;
import dev.sojourn.value.Country;
import dev.sojourn.value.Namespace;
import dev.sojourn.value.PopId;
import java.util.List;
import java.util.Map;

/**
 * Asks the policy in shadow, if there is one, what it would have said wherever a decision is taken,
 * and counts where that differs. It changes no decision. Where nothing is in shadow, it costs one
 * look.
 */
final class Shadowing {
  private final Context context;

  Shadowing(Context context) {
    this.context = context;
  }

  /**
   * What operations name was or was not shown at {@code pop}.
   *
   * @param fields those whose labels are known
   */
  void seen(
      Namespace namespace,
      Country residency,
      List<Operation> operations,
      Map<String, Field> fields,
      PopId pop,
      boolean isAllowed) {
    if (isOn()) {
      NamespacePolicy rules = rules(namespace);
      boolean would =
          rules.mayAccess(residency, FieldClasses.named(rules, operations, fields), pop);
      compare(isAllowed ? 0 : 1, would ? 0 : 1);
    }
  }

  /** A payload, with what its window shows, was or was not let rest at {@code pop}. */
  void stored(SessionData data, PopId pop, boolean isAllowed) {
    if (isOn()) {
      NamespacePolicy rules = rules(data.key().namespace());
      boolean would = rules.mayStore(data.residency(), FieldClasses.present(rules, data), pop);
      compare(isAllowed ? 0 : 1, would ? 0 : 1);
    }
  }

  /** The fields of a session were or were not let rest at {@code pop}. */
  void kept(SessionData data, PopId pop, boolean isAllowed) {
    if (isOn()) {
      NamespacePolicy rules = rules(data.key().namespace());
      boolean would =
          rules.mayStore(data.residency(), FieldClasses.ofFields(rules, data.fields()), pop);
      compare(isAllowed ? 0 : 1, would ? 0 : 1);
    }
  }

  /** It was decided what becomes of a session whose user is at {@code pop}. */
  void placed(SessionData data, PopId pop, Placement decided) {
    if (isOn()) {
      NamespacePolicy rules = rules(data.key().namespace());
      Placement would =
          rules.place(data.residency(), FieldClasses.ofFields(rules, data.fields()), pop);
      compare(strictness(decided), strictness(would));
    }
  }

  private static int strictness(Placement placement) {
    return placement.decisive().verdict().ordinal();
  }

  private void compare(int decided, int would) {
    if (would > decided) {
      context.count(Step.SHADOW_NARROWER);
    } else if (would < decided) {
      context.count(Step.SHADOW_WIDER);
    }
  }

  private boolean isOn() {
    return context.policy.isPresent() && context.policy.get().shadow().isPresent();
  }

  private NamespacePolicy rules(Namespace namespace) {
    return context.policy.orElseThrow().shadow().orElseThrow().of(namespace);
  }
}
